package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.mapping.InvalidMappingException;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every file of the real data, with the mapping that ships for its source: what is stored, and in
 * which words the rest is put aside. The tweets' other days and months are like the one here.
 */
class SharedFilesTest {
  private final Archive archive = Archives.over(new MemoryFiles(Archives.CLOCK));

  private static SourceMapping shipped(String source, String more)
      throws IOException, InvalidMappingException {
    Path above = Path.of("").toAbsolutePath();
    while (!Files.exists(above.resolve("conf/sources"))) {
      above = above.getParent();
    }
    String text = Files.readString(above.resolve("conf/sources").resolve(source + ".yaml"));
    return SourceMapping.parse(source + ".yaml", text + (more == null ? "" : "\n" + more));
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rich/bluesky-jetstream-2026-07-04.ndjson.gz       | bluesky     | 152   | 151   | 0  | 1   | a delete notice
          rich/datasift-amazon-2014.ndjson.gz               | datasift    | 10    | 10    | 0  | 0   |
          rich/datasift-instagram-2014.ndjson.gz            | datasift    | 25    | 25    | 0  | 0   |
          rich/datasift-mixed-2013-07-08.ndjson.gz          | datasift    | 101   | 98    | 3  | 0   |
          rich/datasift-reddit-2014.ndjson.gz               | datasift    | 33    | 33    | 0  | 0   |
          rich/datasift-twitter-2014-05-30.ndjson.gz        | twitter     | 1000  | 997   | 3  | 0   |
          rich/datasift-twitter-2014-05-30.ndjson.gz        | datasift    | 1000  | 997   | 3  | 0   |
          rich/datasift-youtube-2014.ndjson.gz              | datasift    | 7     | 7     | 0  | 0   |
          rich/github-events-2021-07-21.ndjson.gz           | github      | 800   | 800   | 0  | 0   |
          rich/twitter-v1-mtsw.ndjson.gz                    | twitter     | 98    | 98    | 0  | 0   |
          rich/twitter-v1-search-ja-2014-08-31.ndjson.gz    | twitter     | 100   | 100   | 0  | 0   |
          rich/twitter-v1-stream-2013-12-11.ndjson.gz       | twitter     | 58    | 50    | 0  | 8   | a delete notice, not a status
          rich/twitter-v1-timelines.ndjson.gz               | twitter     | 695   | 695   | 0  | 0   |
          rich/usgs-earthquakes-2018-01-31_02-07.ndjson.gz  | usgs        | 1707  | 1707  | 0  | 0   |
          rich/wikipedia-edits-2015-09-12.ndjson.gz         | wikipedia   | 39244 | 39244 | 0  | 0   |
          troll-tweets/2017-08-24.ndjson.gz                 | trolltweets | 557   | 557   | 0  | 0   |
          troll-tweets-sparse-2014-06_2014-10.ndjson.gz     | trolltweets | 450   | 450   | 0  | 0   |
          dirty/10_gop.final.csv.gz                         | trolltweets | 372   | 371   | 1  | 0   |
          dirty/10_gop.older-formatting.csv.gz              | trolltweets | 372   | 371   | 1  | 0   |
          dirty/troll-backslash.ndjson.gz                   | trolltweets | 40    | 40    | 0  | 0   |
          dirty/troll-c1-control.ndjson.gz                  | trolltweets | 100   | 100   | 0  | 0   |
          dirty/troll-empty.ndjson.gz                       | trolltweets | 1     | 1     | 0  | 0   |
          dirty/troll-exact-duplicate.ndjson.gz             | trolltweets | 120   | 60    | 60 | 0   |
          dirty/troll-late-next-day.ndjson.gz               | trolltweets | 40    | 40    | 0  | 0   |
          dirty/troll-late-over-30-days.ndjson.gz           | trolltweets | 60    | 60    | 0  | 0   |
          dirty/troll-longer-than-280.ndjson.gz             | trolltweets | 60    | 59    | 1  | 0   |
          dirty/troll-mojibake.ndjson.gz                    | trolltweets | 142   | 142   | 0  | 0   |
          dirty/troll-nbsp.ndjson.gz                        | trolltweets | 20    | 20    | 0  | 0   |
          dirty/troll-negative-count.ndjson.gz              | trolltweets | 2     | 2     | 0  | 0   |
          dirty/troll-replacement-char.ndjson.gz            | trolltweets | 60    | 60    | 0  | 0   |
          dirty/troll-same-key-other-fields.ndjson.gz       | trolltweets | 120   | 59    | 61 | 0   |
          dirty/troll-zero-width-or-bidi.ndjson.gz          | trolltweets | 100   | 100   | 0  | 0   |
          dirty/twitter-stream-as-captured-with-blank-lines.txt.gz  | twitter | 58 | 50   | 0  | 8   | a delete notice, not a status
          dirty/datasift-twitter-json-inside-json-string.ndjson.gz | datasift | 100 | 0   | 0  | 100 | expected a JSON object, found one in a string (a mapping with 'unpack: json_string' takes it): "{
          dirty/twitter-tab-prefixed.tsv.gz                 | twitter     | 100   | 0     | 0  | 100 | expected a JSON object, found one behind other columns (a mapping with 'unpack: {after_tabs: 3}' takes it): 801455863
          side/troll-authors.csv                            | trolltweets | 2856  | 0     | 0  | 2856 | no created_at: 'publish_date' has no value
          side/countries-iso3166-regions.csv                | trolltweets | 249   | 0     | 0  | 249 | no id: none of author_id, publish_date, content has a value
          side/geonames-cities.tsv.gz                       | trolltweets | 135234 | 0    | 0  | 135234 | expected a JSON object, found a number: 3039154
          side/public_suffix_list.dat                       | trolltweets | 14357 | 0     | 0  | 14357 | not JSON: unexpected '/' at column 1
          """)
  void a_file_is_stored_and_the_rest_put_aside_with_a_reason(
      String file, String source, long read, long stored, long duplicates, long refused, String why)
      throws Exception {
    ImportReport report = load(shipped(source, ""), file);

    assertThat(report.problems()).isEmpty();
    assertThat(List.of(report.read(), report.stored(), report.duplicates(), report.quarantined()))
        .containsExactly(read, stored, duplicates, refused);
    if (refused > 0) {
      assertThat(reasons().get(0).text()).startsWith(why);
    }
  }

  private ImportReport load(SourceMapping mapping, String file) throws IOException {
    return new Importer(archive, ImportSettings.STANDARD)
        .run(
            new BatchId("b1"),
            mapping::mapper,
            ImportInput.at(SharedData.at(file)),
            ImportWatch.NOBODY);
  }

  private List<Reasons.Reason> reasons() throws IOException {
    QuarantineShelf shelf = new QuarantineShelf(archive);
    return shelf.summary(shelf.lots().get(0)).reasons();
  }

  @ParameterizedTest(name = "{0} with {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dirty/datasift-twitter-json-inside-json-string.ndjson.gz | datasift | unpack: json_string     | 100
          dirty/twitter-tab-prefixed.tsv.gz                        | twitter  | unpack: {after_tabs: 3} | 100
          """)
  void what_was_put_aside_is_taken_once_the_mapping_is_mended(
      String file, String source, String more, long stored) throws Exception {
    load(shipped(source, ""), file);
    QuarantineShelf.Lot lot = new QuarantineShelf(archive).lots().get(0);

    RetryReport report =
        new QuarantineRetry(archive, ImportSettings.STANDARD)
            .run(lot, new BatchId("b2"), shipped(source, more)::mapper, ImportWatch.NOBODY);

    assertThat(report.stored()).isEqualTo(stored);
    assertThat(report.quarantined()).isZero();
    assertThat(new QuarantineShelf(archive).lots()).isEmpty();
  }
}
