package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that a simulation writes, also as a browser shows it where one is installed. */
class SimulateHtmlTest {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** The colour of the first policy's lines on white paper. */
  private static final int BLUE = 0x0a6cb3;

  @TempDir Path folder;
  private Path page;
  private Shell shell;

  @BeforeEach
  void a_home() {
    shell = new Shell(folder.resolve("home"));
    page = folder.resolve("page.html");
  }

  private String written(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("simulate", "--synthetic", "normal", "--length", "250", "--users", "5"));
    words.addAll(List.of("--policy", "fair,fifo", "--seeds", "2", "--estimates", "3"));
    words.addAll(List.of("--html", page.toString()));
    words.addAll(List.of(more));
    Shell.Ran ran = shell.ok(words.toArray(String[]::new));
    assertThat(ran.err()).contains("charts are in " + page);
    return Files.readString(page);
  }

  @Test
  void the_command_on_the_page_makes_the_same_figures_again() throws IOException {
    String html = written("--skew", "0.5", "-D", "scheduler.ahead=3", "--seed", "4");

    Matcher command = Pattern.compile("<code>historics (.*)</code>").matcher(html);
    assertThat(command.find()).isTrue();
    assertThat(command.group(1))
        .isEqualTo(
            "simulate --synthetic normal --length 250 --users 5 --skew 0.5 --policy fair,fifo"
                + " --seeds 2 --seed 4 --estimates 3 -D scheduler.ahead=3");
    List<String> figures = shell.ok(command.group(1).split(" ")).out().lines().skip(1).toList();
    for (String line : figures) {
      String row = line.strip().replaceFirst("  +", "<td>").replaceAll(" +(?=[-0-9.,]+$)", "<td>");
      assertThat(html).contains(row);
    }
  }

  @Test
  void settings_that_are_no_matter_of_the_scheduler_stay_out_of_the_page() throws IOException {
    String html =
        written("-D", "state.url=jdbc:postgresql://localhost/x?user=u&password=opensesame");

    assertThat(html).doesNotContain("opensesame", "state.url", folder.toString());
  }

  @Test
  void a_place_that_cannot_be_written_is_told_before_anything_runs() {
    Path nowhere = folder.resolve("no").resolve("page.html");

    Shell.Ran ran = shell.run("simulate", "--synthetic", "petabyte", "--html", nowhere.toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains(nowhere + " cannot be written: there is no folder " + nowhere.getParent())
        .contains("give another file with --html FILE");
    assertThat(shell.run("simulate", "--synthetic", "light", "--html", folder.toString()).err())
        .contains(folder + " cannot be written: it is a folder");
  }

  @Test
  void a_browser_draws_every_chart_and_complains_of_nothing() throws Exception {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no browser is installed");
    written();
    Path picture = folder.resolve("page.png");

    String dom = browse(browser.get(), "--dump-dom", "--window-size=1200,2400");
    String log = browse(browser.get(), "--screenshot=" + picture, "--window-size=1200,2400");

    assertThat(dom).contains("data-drawn=\"10\"").contains("<p id=\"trouble\" hidden");
    assertThat(log).doesNotContain("CONSOLE");
    assertThat(pixels(picture, BLUE)).isGreaterThan(2000);
  }

  private static Optional<Path> browser() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(place -> BROWSERS.stream().map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What it writes to the standard output and error, of which the latter has the console. */
  private String browse(Path browser, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(browser.toString(), "--headless=new"));
    words.addAll(List.of("--no-sandbox", "--disable-gpu", "--enable-logging=stderr"));
    words.addAll(List.of("--disable-background-networking", "--no-first-run"));
    words.add("--user-data-dir=" + folder.resolve("profile"));
    words.addAll(List.of(options));
    words.add(page.toUri().toString());
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean over = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(over).as("the browser ends by itself").isTrue();
    return Files.readString(said);
  }

  private static long pixels(Path picture, int colour) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    long found = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        found += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
      }
    }
    return found;
  }
}
