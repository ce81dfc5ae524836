package dev.historics.archive.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.DaySummary;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.format.SealedFile;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportReport;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import dev.historics.archive.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedDayTest {
  private static final SourceDay TWEETS = new SourceDay("twitter", LocalDate.of(2014, 5, 30));
  private static final List<TargetColumn> TARGETS =
      List.of(
          new TargetColumn("interaction.content", TargetColumn.Kind.TEXT),
          new TargetColumn("interaction.author.username", TargetColumn.Kind.TEXT),
          new TargetColumn("interaction.geo", TargetColumn.Kind.GEO),
          new TargetColumn("interaction.geo.latitude", TargetColumn.Kind.FLOAT),
          new TargetColumn("twitter.user.followers_count", TargetColumn.Kind.INT),
          new TargetColumn("links.domain", TargetColumn.Kind.TEXT),
          new TargetColumn("klout.score", TargetColumn.Kind.INT),
          new TargetColumn("facebook.og.photos", TargetColumn.Kind.TEXT));

  @TempDir Path root;

  @Test
  void a_day_of_real_tweets_is_sealed_whole_and_duckdb_reads_it() throws Exception {
    Archive archive = Archives.over(new LocalFiles(root));
    Path tweets = SharedData.at("rich/datasift-twitter-2014-05-30.ndjson.gz");
    ImportReport report =
        Archives.load(
            archive,
            "b1",
            ImportSettings.STANDARD,
            ImportInput.at(tweets).toArray(ImportInput[]::new));
    List<String> before = Archives.ids(archive);

    CompactionReport sealed =
        new Compactor(archive, CompactionSettings.STANDARD)
            .compact(TWEETS, TARGETS, Stripping.STANDARD)
            .orElseThrow();

    assertThat(report.read()).isEqualTo(1000);
    assertThat(report.stored()).isEqualTo(997);
    assertThat(report.duplicates()).isEqualTo(3);
    assertThat(Archives.ids(archive)).isEqualTo(before).hasSize(997);
    assertThat(new Verifier(archive).verify(TWEETS)).isEmpty();
    DataFile file = sealed.manifest().files().get(0);
    Path path = root.resolve(sealed.manifest().pathOf(file));
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      assertThat(
              number(
                  statement,
                  "select count(distinct id) from '%s' where raw.form is not null".formatted(path)))
          .isEqualTo(997);
      assertThat(
              number(
                  statement, "select count(interaction.geo.\"@self\") from '%s'".formatted(path)))
          .isEqualTo(27);
      assertThat(number(statement, "select count(klout.score) from '%s'".formatted(path)))
          .isGreaterThan(900);
      assertThat(number(statement, having(path, "raw.rest", "http://t\\.co"))).isPositive();
      assertThat(number(statement, having(path, "interaction.content", "https?://\\S|(^|\\W)@\\w")))
          .isZero();
    }
    try (SealedFile opened = SealedFile.open(archive.files(), TWEETS, file)) {
      assertThat(opened.column("interaction.content")).isPresent();
      assertThat(opened.column("facebook.og.photos")).isEmpty();
      assertThat(opened.rowGroups()).hasSize(1);
    }
  }

  private static String having(Path file, String column, String pattern) {
    return "select count(*) from '%s' where regexp_matches(%s, '%s')"
        .formatted(file, column, pattern);
  }

  @Test
  void a_day_is_sealed_again_if_content_is_to_be_made_in_another_way() throws IOException {
    Archive archive = Archives.over(new LocalFiles(root));
    SourceDay day = new SourceDay("twitter", Records.DAY);
    Archives.load(archive, "b1", Records.some("r", 20, 1, 7));
    Compactor compactor = new Compactor(archive, CompactionSettings.STANDARD);
    Stripping all = Stripping.all(List.of());
    compactor.compact(day, Archives.CONSIDERED, Stripping.STANDARD);

    assertThat(compactor.compact(day, Archives.CONSIDERED, Stripping.STANDARD)).isEmpty();
    assertThat(compactor.compact(day, Archives.CONSIDERED, all)).isPresent();
    assertThat(compactor.compact(day, Archives.CONSIDERED, all)).isEmpty();
    assertThat(archive.newest(day).orElseThrow().stripping()).isEqualTo(all.fingerprint());

    Archives.load(archive, "b2", Records.some("s", 20, 1, 8));
    assertThat(archive.newest(day).orElseThrow().stripping()).isEqualTo(all.fingerprint());
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  @Test
  void sorting_in_many_runs_gives_the_same_rows_as_sorting_in_one() throws IOException {
    List<String> records = Records.some("r", 2000, 1, 7);
    SourceDay day = new SourceDay("twitter", Records.DAY);
    Archive small = Archives.over(new LocalFiles(root.resolve("small")));
    Archive large = Archives.over(new LocalFiles(root.resolve("large")));
    Archives.load(small, "b1", records);
    Archives.load(large, "b1", records);

    Manifest inRuns =
        new Compactor(small, new CompactionSettings(10_000, 50_000))
            .compact(day, Archives.CONSIDERED, Stripping.STANDARD)
            .orElseThrow()
            .manifest();
    Manifest atOnce =
        new Compactor(large, new CompactionSettings(1 << 30, 50_000))
            .compact(day, Archives.CONSIDERED, Stripping.STANDARD)
            .orElseThrow()
            .manifest();

    assertThat(inRuns.files().get(0).sha256()).isEqualTo(atOnce.files().get(0).sha256());
    assertThat(inRuns.files().get(0).rowGroupOffsets()).hasSizeGreaterThan(1);
    assertThat(small.files().list(day.directory() + "/_staging")).isEmpty();
    assertThat(new Verifier(small).verify(day)).isEmpty();
  }

  @Test
  void a_day_says_how_much_it_has_and_for_how_many_hours() throws IOException {
    Archive archive = Archives.over(new LocalFiles(root));
    SourceDay day = new SourceDay("twitter", Records.DAY);
    Archives.load(archive, "b1", Records.some("r", 200, 1, 7));

    DaySummary landing = DaySummary.of(archive.newest(day).orElseThrow());
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(day, Archives.CONSIDERED, Stripping.STANDARD);
    DaySummary sealed = DaySummary.of(archive.newest(day).orElseThrow());

    assertThat(landing.state()).isEqualTo(DaySummary.State.LANDING);
    assertThat(landing.records()).isEqualTo(200);
    assertThat(landing.coverage()).isEqualTo(1);
    assertThat(sealed.state()).isEqualTo(DaySummary.State.SEALED);
    assertThat(sealed.records()).isEqualTo(200);
  }
}
