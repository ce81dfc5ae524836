package dev.historics.filter.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a text becomes words. Equal cuttings give equal words.
 *
 * @param folding the form that the text has when it is cut
 * @param kept characters that end a word and are a word themselves
 * @param dropped characters that end a word and vanish, kept or not; white space always does
 */
public record Cutting(
    Folding folding, CharacterSet kept, CharacterSet dropped, Ideographs ideographs) {

  /** What becomes of Han characters and kana that are neither kept nor dropped. */
  public enum Ideographs {
    /** They are regular characters: a run of them is one word. */
    JOINED,
    /** Each is a word, together with the combining marks after it. */
    SINGLE
  }

  public Cutting {
    dropped = dropped.union(CharacterSet.WHITE_SPACE);
  }

  /** What holds unless a rule says otherwise. */
  public static Cutting standard(Folding folding) {
    return new Cutting(folding, CharacterSet.STANDARD, CharacterSet.WHITE_SPACE, Ideographs.JOINED);
  }

  /** {@code [keep(...)]}: this, but with another set of kept characters. */
  public Cutting keeping(CharacterSet characters) {
    return new Cutting(folding, characters, dropped, ideographs);
  }

  /** {@code [drop(...)]}: this, but dropping {@code characters} and white space. */
  public Cutting dropping(CharacterSet characters) {
    return new Cutting(folding, kept, characters, ideographs);
  }

  /** This, but with another rule for Han and kana. */
  public Cutting with(Ideographs other) {
    return new Cutting(folding, kept, dropped, other);
  }

  /** The rule for a {@code [language(...)]}: {@code zh}, {@code ja} or {@code none}. */
  public static Optional<Ideographs> ofLanguage(String code) {
    return switch (code.toLowerCase(Locale.ROOT)) {
      case "zh", "ja" -> Optional.of(Ideographs.SINGLE);
      case "none" -> Optional.of(Ideographs.JOINED);
      default -> Optional.empty();
    };
  }

  /** The words of {@code text}, which is folded first; none if all of it is dropped. */
  public List<String> words(String text) {
    Words words = new Words(this);
    words.start(folding.fold(text));
    List<String> list = new ArrayList<>();
    while (words.next()) {
      list.add(words.word());
    }
    return List.copyOf(list);
  }
}
