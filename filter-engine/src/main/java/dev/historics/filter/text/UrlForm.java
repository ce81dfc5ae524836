package dev.historics.filter.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The normal form of a web address, in which {@code url_in} compares. Normalising what is normal
 * changes nothing.
 *
 * <p>It is folded; scheme, {@code www.} and fragment go; so do the query's parameters whose names
 * start with {@code utm_}, and the query if nothing is left of it; so do a path's last segment if
 * it is {@code index} or {@code default} with the ending of a page, the path's last slashes, and
 * the white space around what is left.
 */
public final class UrlForm {
  private static final Pattern SCHEME = Pattern.compile("(?:[a-z][a-z0-9+.-]*+:)?//");
  private static final String WWW = "www.";
  private static final String TRACKING = "utm_";
  private static final List<String> PAGES =
      List.of(
          "/index.php",
          "/index.html",
          "/index.htm",
          "/index.aspx",
          "/index.asp",
          "/default.html",
          "/default.htm",
          "/default.aspx",
          "/default.asp");

  private UrlForm() {}

  /** The normal form of {@code url}; empty if nothing is left. */
  public static String normalise(String url) {
    String folded = Folding.CASELESS.fold(url);
    int hash = folded.indexOf('#');
    String whole = hash < 0 ? folded : folded.substring(0, hash);
    String bare = whole.substring(hostStart(whole));
    int question = bare.indexOf('?');
    if (question < 0) {
      return path(bare);
    }
    return path(bare.substring(0, question)) + query(bare.substring(question + 1));
  }

  private static int hostStart(String url) {
    Matcher scheme = SCHEME.matcher(url);
    int from = 0;
    while (from < url.length()) {
      if (isBlank(url.charAt(from))) {
        from++;
      } else if (url.startsWith(WWW, from)) {
        from += WWW.length();
      } else if (scheme.region(from, url.length()).lookingAt()) {
        from = scheme.end();
      } else {
        return from;
      }
    }
    return from;
  }

  /** Host and path, without what stands for the folder itself. */
  private static String path(String path) {
    int end = path.length();
    while (true) {
      int page = pageLength(path, end);
      if (page > 0) {
        end -= page;
      } else if (end > 0 && (path.charAt(end - 1) == '/' || isBlank(path.charAt(end - 1)))) {
        end--;
      } else {
        return path.substring(0, end);
      }
    }
  }

  private static int pageLength(String path, int end) {
    for (String page : PAGES) {
      if (path.startsWith(page, end - page.length())) {
        return page.length();
      }
    }
    return 0;
  }

  /** What is left of a query, with the question mark; empty if nothing is. */
  private static String query(String query) {
    List<String> left = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.startsWith(TRACKING)) {
        left.add(parameter);
      }
    }
    String joined = String.join("&", left);
    int end = joined.length();
    while (end > 0 && isBlank(joined.charAt(end - 1))) {
      end--;
    }
    return end == 0 ? "" : "?" + joined.substring(0, end);
  }

  private static boolean isBlank(char c) {
    return CharacterSet.WHITE_SPACE.contains(c);
  }
}
