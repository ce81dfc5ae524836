package dev.historics.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HadoopToolTest {
  private static final Set<String> OWN = Set.of("runner", "archive.root", "yarn.queue");

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          run --until-idle                     => run --until-idle
          run -D a.b=1                         => -D a.b=1 run
          run -Da.b=1 --x -D c.d=2             => -Da.b=1 -D c.d=2 run --x
          run -D archive.root=x -D a.b=1       => -D a.b=1 run -D archive.root=x
          # a misspelt setting of its own is for the program to complain of
          run -D archive.rot=x -Drunner=yarn   => run -D archive.rot=x -Drunner=yarn
          # both have settings that begin with yarn
          run -D yarn.queue=a -Dyarn.x=b       => -Dyarn.x=b run -D yarn.queue=a
          -conf f.xml run -fs hdfs://a:1       => -conf f.xml -fs hdfs://a:1 run
          run -D                               => -D run
          """)
  void options_of_hadoop_are_taken_from_anywhere(String words, String expected) {
    assertThat(HadoopTool.hadoopsFirst(List.of(words.split(" ", -1)), OWN))
        .containsExactly(expected.split(" ", -1));
  }

  @Test
  void the_program_runs_with_its_words_and_the_settings_that_were_given(@TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("more.xml"),
            "<configuration><property><name>from.file</name><value>2</value></property></configuration>");
    List<Object> got = new ArrayList<>();

    int exitCode =
        HadoopTool.run(
            (words, hadoop) -> {
              got.add(words);
              got.add(
                  Map.of(
                      "a.b", hadoop.get("a.b"),
                      "from.file", hadoop.get("from.file"),
                      "file system", hadoop.get("fs.defaultFS")));
              return 7;
            },
            List.of(
                "run",
                "-D",
                "a.b=1",
                "--x",
                "-D",
                "runner=yarn",
                "-conf",
                file.toString(),
                "-fs",
                "hdfs://a:1"),
            OWN);

    assertThat(exitCode).isEqualTo(7);
    assertThat(got)
        .containsExactly(
            List.of("run", "--x", "-D", "runner=yarn"),
            Map.of("a.b", "1", "from.file", "2", "file system", "hdfs://a:1"));
  }
}
