package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.filter.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A rule on the command line: a file, the standard input, or the text itself. */
final class RuleArgument {
  /** Up to so many bytes are read; the language allows less, and says by how much. */
  private static final int READ_MAX = 4 * Parser.BYTES_MAX;

  @Parameters(
      paramLabel = "RULE",
      arity = "0..1",
      description = "a file with CSDL; '-' reads the standard input")
  String file;

  @Option(names = "--csdl", paramLabel = "TEXT", description = "the rule itself, instead of a file")
  String text;

  /** A rule's text and the name that errors in it carry. */
  record Rule(String name, String text) {}

  Rule read(Session session) throws CliException {
    if ((file == null) == (text == null)) {
      throw CliException.usage(
          file == null ? "a rule is missing" : "there are two rules: a file and --csdl",
          "give a file with CSDL, '-' for the standard input, or --csdl 'interaction.content contains \"word\"'");
    }
    return text != null ? new Rule("csdl", text) : read(session, file);
  }

  /** The rule in a file, or that on the standard input if its name is {@code -}. */
  static Rule read(Session session, String file) throws CliException {
    try {
      return file.equals("-")
          ? new Rule("stdin", decode(read("stdin", session.in())))
          : new Rule(file, decode(read(file)));
    } catch (NoSuchFileException e) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "there is no rule file '%s'".formatted(file),
          "for a rule on the command line, use --csdl TEXT",
          e);
    } catch (CharacterCodingException e) {
      throw new CliException(
          ExitCode.USAGE, "%s is not UTF-8".formatted(file), "save the rule as UTF-8", e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "%s cannot be read: %s".formatted(file, e.getMessage()),
          "give a file with CSDL that you may read",
          e);
    }
  }

  private static byte[] read(String file) throws IOException, CliException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return read(file, in);
    }
  }

  /** What is far too long for a rule is not read to its end, which it may not have. */
  private static byte[] read(String name, InputStream in) throws IOException, CliException {
    byte[] text = in.readNBytes(READ_MAX + 1);
    if (text.length > READ_MAX) {
      throw new CliException(
          ExitCode.USAGE,
          "a rule may have at most %d bytes, %s has more than %d"
              .formatted(Parser.BYTES_MAX, name, READ_MAX),
          "split it into several rules, and join those with 'stream'");
    }
    return text;
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
  }
}
