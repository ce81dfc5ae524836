package dev.historics.archive;

import dev.historics.archive.TextEntities.Entity;
import dev.historics.archive.json.JsonTokens;
import dev.historics.archive.json.JsonTokens.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Where records keep the offsets of links and mentions, and the reading of them there. Immutable.
 */
final class EntityPaths {
  private static final byte[] INDICES = "\"indices\"".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern WHOLE = Pattern.compile("-?\\d+");

  /** How far behind a byte {@link #INDICES} can end at the earliest, if not at it (Horspool). */
  private static final int[] STEPS = steps();

  private final Place root = new Place();

  EntityPaths(List<String> paths) {
    for (String path : paths) {
      Place place = root;
      for (String key : path.split("\\.", -1)) {
        place = place.inner.computeIfAbsent(key, unused -> new Place());
      }
      place.holdsEntities = true;
    }
  }

  private static int[] steps() {
    int[] steps = new int[256];
    Arrays.fill(steps, INDICES.length);
    for (int i = 0; i < INDICES.length - 1; i++) {
      steps[INDICES[i]] = INDICES.length - 1 - i;
    }
    return steps;
  }

  /** An object on the way to offsets, or the one with them. */
  private static final class Place {
    private final Map<String, Place> inner = new HashMap<>();
    private boolean holdsEntities;
  }

  /** Whether a record can have offsets at all: most bytes of it are not even looked at. */
  static boolean mayBeIn(byte[] raw, int offset, int length) {
    int last = offset + length - 1;
    int at = offset + INDICES.length - 1;
    while (at <= last) {
      if (raw[at] == '"' && endsAt(raw, at)) {
        return true;
      }
      at += STEPS[raw[at] & 0xff];
    }
    return false;
  }

  private static boolean endsAt(byte[] raw, int at) {
    int start = at - INDICES.length + 1;
    return Arrays.equals(raw, start, at + 1, INDICES, 0, INDICES.length);
  }

  /**
   * What a record says about each of its texts, by the text; what is said first counts.
   *
   * @param json before the record's first token
   */
  Map<String, TextEntities> read(JsonTokens json) throws IOException {
    Map<String, TextEntities> byText = new HashMap<>();
    json.next();
    new Reading(json, byText).object(root);
    return byText;
  }

  /** One reading of a record; goes as deep as the paths do, and no deeper. */
  private static final class Reading {
    private final JsonTokens json;
    private final Map<String, TextEntities> byText;

    Reading(JsonTokens json, Map<String, TextEntities> byText) {
      this.json = json;
      this.byText = byText;
    }

    /** Reads the object that the parser has just entered, to its end. */
    void object(Place place) throws IOException {
      List<String> texts = new ArrayList<>();
      Entities entities = new Entities();
      while (json.next() == Token.KEY) {
        String key = json.text();
        Token token = json.next();
        Place inner = place.inner.get(key);
        if (token == Token.STRING && (key.equals("text") || key.equals("full_text"))) {
          texts.add(json.text());
        } else if (token != Token.OBJECT || inner == null) {
          json.skip(token);
        } else if (inner.holdsEntities) {
          entities.read(json);
        } else {
          object(inner);
        }
      }
      if (entities.found) {
        TextEntities known = entities.toTextEntities();
        texts.forEach(text -> byText.putIfAbsent(text, known));
      }
    }
  }

  /** The links and mentions of one object. */
  private static final class Entities {
    private final List<Entity> links = new ArrayList<>();
    private final List<Entity> mentions = new ArrayList<>();
    private boolean found;
    private boolean sound = true;

    void read(JsonTokens json) throws IOException {
      found = true;
      while (json.next() == Token.KEY) {
        String kind = json.text();
        Token token = json.next();
        boolean areLinks = kind.equals("urls") || kind.equals("media");
        if (token == Token.ARRAY && (areLinks || kind.equals("user_mentions"))) {
          readAll(json, areLinks);
        } else {
          json.skip(token);
        }
      }
    }

    private void readAll(JsonTokens json, boolean areLinks) throws IOException {
      for (Token token = json.next(); token != Token.END_ARRAY; token = json.next()) {
        if (token == Token.OBJECT) {
          readOne(json, areLinks);
        } else {
          sound = false;
          json.skip(token);
        }
      }
    }

    private void readOne(JsonTokens json, boolean isLink) throws IOException {
      int[] indices = {};
      String url = "";
      while (json.next() == Token.KEY) {
        String key = json.text();
        Token token = json.next();
        if (key.equals("indices") && token == Token.ARRAY) {
          indices = indices(json);
        } else if (key.equals("url") && token == Token.STRING) {
          url = json.text();
        } else {
          json.skip(token);
        }
      }
      if (indices.length != 2) {
        sound = false;
      } else {
        (isLink ? links : mentions).add(new Entity(indices[0], indices[1], isLink ? url : ""));
      }
    }

    /** The two whole numbers of an array; none if it has anything else. */
    private static int[] indices(JsonTokens json) throws IOException {
      int[] indices = new int[2];
      int count = 0;
      boolean areNumbers = true;
      for (Token token = json.next(); token != Token.END_ARRAY; token = json.next()) {
        OptionalLong number =
            token == Token.NUMBER && WHOLE.matcher(json.text()).matches()
                ? Numbers.whole(json.text())
                : OptionalLong.empty();
        boolean isIndex = number.isPresent() && (int) number.getAsLong() == number.getAsLong();
        if (isIndex && count < 2) {
          indices[count] = (int) number.getAsLong();
        }
        areNumbers &= isIndex;
        count++;
        json.skip(token);
      }
      return areNumbers && count == 2 ? indices : new int[0];
    }

    TextEntities toTextEntities() {
      return new TextEntities(links, mentions, sound);
    }
  }
}
