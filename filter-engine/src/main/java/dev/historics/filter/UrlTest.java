package dev.historics.filter;

import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.UrlForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a web address is one of a set once it is normalised. An address keeps its words through
 * that, or loses them whole, so one that has none of those that are looked for is not decoded.
 */
final class UrlTest implements TextTest {
  private static final Cutting CUTTING = Cutting.standard(Folding.CASELESS);

  private final Set<String> normalised;
  private final ByteFilter filter;

  UrlTest(TextCheck.UrlIn check) {
    this.normalised = check.normalised();
    this.filter = filter(normalised);
  }

  private static ByteFilter filter(Set<String> normalised) {
    List<String> words = new ArrayList<>();
    for (String url : normalised) {
      Optional<String> word =
          CUTTING.words(url).stream().max(Comparator.comparingInt(String::length));
      if (word.isEmpty()) {
        return (bytes, start, length) -> true;
      }
      words.add(word.get());
    }
    return ByteFilter.forAnyWord(words, CUTTING);
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    return filter.mayHold(bytes, start, length)
        && normalised.contains(
            UrlForm.normalise(new String(bytes, start, length, StandardCharsets.UTF_8)));
  }
}
