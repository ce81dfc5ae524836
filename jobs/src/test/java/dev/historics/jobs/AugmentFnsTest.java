package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.augment.Partner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.crunch.PTable;
import org.apache.crunch.Pair;
import org.apache.crunch.impl.mem.MemPipeline;
import org.apache.crunch.types.PTableType;
import org.apache.crunch.types.writable.Writables;
import org.junit.jupiter.api.Test;

/** The functions of the pipeline that augments, in memory. */
class AugmentFnsTest {
  private static final PTableType<String, Pair<String, String>> TABLE =
      Writables.tableOf(
          Writables.strings(), Writables.pairs(Writables.strings(), Writables.strings()));

  private static List<Pair<String, Pair<String, String>>> met(
      List<Pair<String, Pair<String, String>>> joined) {
    PTable<String, Pair<String, String>> table =
        MemPipeline.typedTableOf(TABLE, joined).parallelDo(new AugmentMetFn(), TABLE);
    return StreamSupport.stream(table.materialize().spliterator(), false).toList();
  }

  @Test
  void partners_and_tallies_go_to_their_day_and_keys_without_a_row_are_counted() {
    String place = new RowPlace(3, 1, 7, 0).text();
    String tally = new AugmentTally(10, 2, "").text(3);
    Pair<String, Pair<String, String>> lonely = Pair.of("b", Pair.of(place, null));

    assertThat(
            met(
                List.of(
                    Pair.of("a", Pair.of(place, "{\"x\":1}")),
                    Pair.of("", Pair.of(tally, null)),
                    lonely,
                    lonely)))
        .containsExactly(
            Pair.of("000003", Pair.of(place, "{\"x\":1}")),
            Pair.of("000003", Pair.of(tally, "")),
            Pair.of(AugmentMetFn.LONELY, Pair.of("b", "2")));
  }

  @Test
  void a_day_reads_what_its_parts_have_and_then_partners_in_the_order_of_its_rows() {
    List<Pair<String, String>> sent = new ArrayList<>();
    sent.add(Pair.of(new AugmentTally(10, 2, "").text(1), ""));
    sent.add(Pair.of(new AugmentTally(5, 0, "damaged").text(1), ""));
    sent.add(Pair.of(new RowPlace(1, 0, 300, 0).text(), "{}"));
    sent.add(Pair.of(new RowPlace(1, 0, 300, 1).text(), "{\"second\":1}"));
    sent.add(Pair.of(new RowPlace(1, 0, 20, 0).text(), "{\"a\":1}"));
    sent.add(Pair.of(new RowPlace(1, 10, 0, 255).text(), "{\"b\":1}"));
    sent.sort((one, other) -> one.first().compareTo(other.first()));

    AugmentDaysFn.DayPartners partners = new AugmentDaysFn.DayPartners(sent.iterator());

    assertThat(partners.tally()).isEqualTo(new AugmentTally(15, 2, "damaged"));
    List<Partner> all = new ArrayList<>();
    partners.forEachRemaining(all::add);
    assertThat(all)
        .containsExactly(
            new Partner(0, 20, "{\"a\":1}"),
            new Partner(0, 300, "{}"),
            new Partner(0, 300, "{\"second\":1}"),
            new Partner(10, 0, "{\"b\":1}"));
    assertThat(partners.rows()).isEqualTo(3);
  }

  @Test
  void texts_of_places_sort_as_places_do_and_say_what_they_are() {
    SplittableRandom random = new SplittableRandom(5);
    List<RowPlace> places =
        Stream.generate(
                () ->
                    new RowPlace(
                        random.nextInt(1 << random.nextInt(1, 25)),
                        random.nextInt(1 << random.nextInt(1, 17)),
                        random.nextLong(1L << random.nextInt(1, 40)),
                        random.nextInt(256)))
            .limit(2000)
            .toList();

    List<String> texts = places.stream().map(RowPlace::text).sorted().toList();

    assertThat(texts.stream().map(RowPlace::parse).toList())
        .containsExactlyInAnyOrderElementsOf(places)
        .isSortedAccordingTo(
            Comparator.comparing(RowPlace::day)
                .thenComparing(RowPlace::file)
                .thenComparing(RowPlace::row)
                .thenComparing(RowPlace::value));
    assertThatThrownBy(() -> new RowPlace(1 << 24, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
