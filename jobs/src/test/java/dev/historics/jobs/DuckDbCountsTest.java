package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.testing.SharedData;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day of real tweets: what we count, and what another engine counts in the same file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DuckDbCountsTest {
  private static final SourceDay DAY = new SourceDay("trolltweets", LocalDate.of(2017, 8, 15));
  private static final Instant MIDNIGHT = DAY.day().atStartOfDay(ZoneOffset.UTC).toInstant();

  @TempDir static Path home;

  private Archive archive;
  private Manifest day;
  private Dialect dialect;
  private Path file;

  @BeforeAll
  void seal() throws Exception {
    Path tweets = SharedData.at("troll-tweets/2017-08-15.ndjson.gz");
    SourceMapping mapping = SourceMapping.load(Path.of("../conf/sources/trolltweets.yaml"));
    dialect = Dialect.of(mapping);
    archive = new Archive(new LocalFiles(home.resolve("archive")), InstantSource.system());
    new Importer(archive, ImportSettings.STANDARD)
        .run(new BatchId("b"), mapping::mapper, ImportInput.at(tweets), ImportWatch.NOBODY);
    new Compactor(archive, new CompactionSettings(64 << 20, 400_000))
        .compact(DAY, mapping.targets(), dialect.stripping());
    day = archive.newest(DAY).orElseThrow();
    file = Path.of(archive.files().root()).resolve(day.pathOf(day.files().get(0)));
  }

  private long ours(String rule, DayScan.Window window) throws IOException {
    return DayScan.scan(archive, day, List.of(rule), dialect, window).hits().get(0);
  }

  @Test
  void what_statistics_rule_out_is_not_read() throws IOException {
    assertThat(bytesRead("trolltweets.followers > 100000000"))
        .isLessThan(bytesRead("trolltweets.followers > 10000"));
  }

  private long bytesRead(String rule) throws IOException {
    return DayScan.scan(archive, day, List.of(rule), dialect, DayScan.Window.all(DAY)).bytesRead();
  }

  private long theirs(String where) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement();
        ResultSet found =
            sql.executeQuery(
                "SELECT count(*) FROM read_parquet('%s') WHERE %s".formatted(file, where))) {
      found.next();
      return found.getLong(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          language.tag == "en"                       => language.tag = 'en'
          language.tag == "zz"                       => language.tag = 'zz'
          language.tag in "de, ru"                   => language.tag IN ('de', 'ru')
          language.tag exists                        => language.tag IS NOT NULL
          trolltweets.region exists                  => trolltweets.region IS NOT NULL
          not trolltweets.region exists              => trolltweets.region IS NULL
          trolltweets.followers > 10000              => trolltweets.followers > 10000
          trolltweets.followers <= 100               => trolltweets.followers <= 100
          trolltweets.followers == 0                 => trolltweets.followers = 0
          trolltweets.followers != 0                 => trolltweets.followers <> 0
          trolltweets.followers in [1, 20, 3000]     => trolltweets.followers IN (1, 20, 3000)
          trolltweets.followers > 100000000          => trolltweets.followers > 100000000
          trolltweets.followers >= 0                 => trolltweets.followers >= 0
          interaction.content substr "trump"         => contains(lower(interaction.content), 'trump')
          interaction.content cs substr "Trump"      => contains(interaction.content, 'Trump')
          # Of an AND, the second column is read where the first one matched.
          language.tag == "en" and trolltweets.followers > 10000 and interaction.content cs substr "a" => language.tag = 'en' AND trolltweets.followers > 10000 AND contains(interaction.content, 'a')
          language.tag == "de" or trolltweets.following < 10 => coalesce(language.tag = 'de', false) OR trolltweets.following < 10
          not (language.tag == "en" or trolltweets.updates > 5000) => NOT (coalesce(language.tag = 'en', false) OR trolltweets.updates > 5000)
          interaction.author.username == "TEN_GOP"   => lower(interaction.author.username) = 'ten_gop'
          """)
  void counts_are_the_same(String rule, String where) throws Exception {
    assertThat(ours(rule, DayScan.Window.all(DAY))).isEqualTo(theirs(where));
  }

  @Test
  void the_table_has_rules_that_match_something() throws Exception {
    assertThat(day.rows()).isGreaterThan(1000);
    assertThat(theirs("language.tag = 'en'")).isBetween(1L, day.rows() - 1);
    assertThat(theirs("trolltweets.followers > 10000")).isBetween(1L, day.rows() - 1);
  }

  @ParameterizedTest
  @CsvSource({"0, 24, 100", "7, 8, 100", "0, 1, 100", "22, 24, 10", "0, 24, 1", "5, 19, 33"})
  void times_and_samples_are_cut_alike(int fromHour, int toHour, int percent) throws Exception {
    DayScan.Window window =
        new DayScan.Window(
            MIDNIGHT.plus(Duration.ofHours(fromHour)),
            MIDNIGHT.plus(Duration.ofHours(toHour)),
            percent);
    String where =
        "bucket < %d AND epoch_ms(created_at) >= %d AND epoch_ms(created_at) < %d"
            .formatted(percent, window.from().toEpochMilli(), window.to().toEpochMilli());

    assertThat(ours("trolltweets.followers >= 0", window)).isEqualTo(theirs(where));
    assertThat(ours("interaction.content cs substr \"Trump\"", window))
        .isEqualTo(theirs(where + " AND contains(interaction.content, 'Trump')"));
  }
}
