package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetDictionaryTest {
  private static final TargetDictionary STANDARD = TargetDictionary.standard();

  @ParameterizedTest
  @CsvSource({
    "interaction.id, TEXT, false",
    "interaction.type, TEXT, false",
    "interaction.content, TEXT, false",
    "interaction.raw_content, TEXT, false",
    "interaction.created_at, TEXT, false",
    "interaction.author.username, TEXT, false",
    "interaction.author.name, TEXT, false",
    "interaction.author.id, INT, false",
    "interaction.sample, FLOAT, false",
    "interaction.geo, GEO, false",
    "language.tag, TEXT, false",
    "language.confidence, INT, false",
    "links.domain, TEXT, true",
    "links.code, INT, true",
    "Twitter.User.Followers_Count, INT, false",
    "tumblr.html5_capable, INT, false",
    "2ch.title, TEXT, false",
  })
  void the_standard_targets_have_their_types(String name, ValueType type, boolean array) {
    assertThat(STANDARD.find(name))
        .hasValueSatisfying(
            target -> {
              assertThat(target.type()).isEqualTo(type);
              assertThat(target.array()).isEqualTo(array);
            });
  }

  @Test
  void the_standard_table_is_sorted_and_large() {
    assertThat(STANDARD.targets()).hasSizeGreaterThan(900);
    assertThat(STANDARD.targets()).extracting(Target::name).isSorted();
  }

  @Test
  void a_declared_target_replaces_the_standard_one() {
    Target own = new Target("interaction.author.id", ValueType.TEXT, false, "a handle");

    assertThat(STANDARD.with(List.of(own)).find("interaction.author.id")).hasValue(own);
    assertThat(STANDARD.find("interaction.author.id").orElseThrow().type())
        .isEqualTo(ValueType.INT);
  }

  @Test
  void below_an_open_namespace_any_name_is_text_unless_it_is_declared() {
    TargetDictionary open =
        STANDARD
            .withOpenNamespace("trolltweets")
            .with(List.of(new Target("trolltweets.followers", ValueType.INT, false, "")));

    assertThat(open.find("TrollTweets.a.b"))
        .hasValue(new Target("trolltweets.a.b", ValueType.TEXT, false, ""));
    assertThat(open.find("trolltweets.followers").orElseThrow().type()).isEqualTo(ValueType.INT);
    assertThat(open.find("trolltweets2.a")).isEmpty();
    assertThat(open.find("trolltweets.a..b")).isEmpty();
    assertThat(open.find("trolltweets")).isEmpty();
  }

  @Test
  void a_namespace_that_is_no_name_is_refused() {
    assertThatThrownBy(() -> STANDARD.withOpenNamespace("Troll Tweets"))
        .hasMessage("expected a namespace such as 'trolltweets', got 'Troll Tweets'");
  }

  @Test
  void the_nearest_names_come_first() {
    assertThat(STANDARD.nearest("interaction.contnet", 3)).first().isEqualTo("interaction.content");
    assertThat(STANDARD.nearest("Twitter.followers_count", 3))
        .contains("twitter.user.followers_count");
    assertThat(STANDARD.nearest("nothing", 3)).isEmpty();
    assertThat(STANDARD.nearest("x".repeat(100_000) + ".y", 3)).isEmpty();
  }
}
