package dev.historics.schedule.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a state database lies on a PostgreSQL server, and who asks for it.
 *
 * @param url such as {@code jdbc:postgresql://db.example.com:5432/historics}; without a password
 * @param user empty if the URL names one, or the name of the process's user is meant
 * @param password empty if the server asks for none, or it stands in {@code ~/.pgpass}
 */
public record PostgresAddress(String url, Optional<String> user, Optional<String> password) {
  /** What the URL of such a database begins with. */
  public static final String SCHEME = "jdbc:postgresql:";

  private static final Pattern PASSWORD = Pattern.compile("[?&](?i:password|sslpassword)=");
  private static final Pattern CREDENTIALS = Pattern.compile("//[^/]*@");

  public PostgresAddress {
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "expected an address such as 'jdbc:postgresql://host:5432/historics'");
    }
    if (PASSWORD.matcher(url).find() || CREDENTIALS.matcher(url).find()) {
      throw new IllegalArgumentException(
          "expected an address without a password, which everybody would see: give the password on"
              + " its own");
    }
  }

  /** The address as it may be shown to anybody. */
  String shown() {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  @Override
  public String toString() {
    return shown();
  }
}
