package dev.historics.cli.wiring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;

/**
 * The program as Hadoop's tools are: its generic options ({@code -D KEY=VALUE}, {@code -conf},
 * {@code -fs}, {@code -jt}, {@code -files}, {@code -libjars}, {@code -archives}) may stand anywhere
 * on the command line, and the program runs with what is left of it.
 */
public final class HadoopTool extends Configured implements Tool {
  private static final Set<String> WITH_VALUE =
      Set.of("-conf", "-fs", "-jt", "-files", "-libjars", "-archives");
  private static final String SETTING = "-D";

  private final Program program;

  /** What runs with the words that are not Hadoop's. */
  @FunctionalInterface
  public interface Program {
    /**
     * Runs it.
     *
     * @param hadoop Hadoop settings that were given
     * @return the exit code
     */
    int run(List<String> words, Map<String, String> hadoop);
  }

  private HadoopTool(Program program) {
    this.program = program;
  }

  /**
   * Runs a program.
   *
   * @param settings the program's own settings: {@code -D} with one of these, or with one that
   *     begins as one of these does, is left to it
   * @return its exit code
   * @throws IOException if Hadoop's options cannot be taken
   */
  public static int run(Program program, List<String> words, Set<String> settings)
      throws IOException {
    try {
      return ToolRunner.run(
          new Configuration(),
          new HadoopTool(program),
          hadoopsFirst(words, settings).toArray(String[]::new));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("Hadoop's options cannot be taken: " + e.getMessage(), e);
    }
  }

  /** Hadoop looks for its options at the front alone. */
  static List<String> hadoopsFirst(List<String> words, Set<String> settings) {
    Set<String> ownBeginnings =
        settings.stream().map(HadoopTool::beginning).collect(Collectors.toSet());
    // Settings of its own begin so, too.
    ownBeginnings.remove("yarn");
    List<String> hadoops = new ArrayList<>();
    List<String> own = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean hasValue = word.equals(SETTING) || WITH_VALUE.contains(word);
      List<String> option = words.subList(i, Math.min(words.size(), i + (hasValue ? 2 : 1)));
      boolean isSetting = word.startsWith(SETTING);
      String key = String.join("", option).replaceFirst("^-D", "").replaceFirst("=.*", "");
      boolean isHadoops =
          isSetting
              ? !settings.contains(key) && !ownBeginnings.contains(beginning(key))
              : WITH_VALUE.contains(word);
      (isHadoops ? hadoops : own).addAll(option);
      i += option.size() - 1;
    }
    hadoops.addAll(own);
    return Collections.unmodifiableList(hadoops);
  }

  private static String beginning(String key) {
    return key.replaceFirst("\\..*", "");
  }

  @Override
  public int run(String[] words) {
    return program.run(Arrays.asList(words), given(getConf(), new Configuration()));
  }

  private static Map<String, String> given(Configuration conf, Configuration before) {
    Map<String, String> given = new TreeMap<>();
    for (Map.Entry<String, String> each : conf) {
      if (!each.getValue().equals(before.getRaw(each.getKey()))) {
        given.put(each.getKey(), each.getValue());
      }
    }
    return given;
  }
}
