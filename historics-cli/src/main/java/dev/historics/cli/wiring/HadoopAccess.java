package dev.historics.cli.wiring;

import dev.historics.archive.Archive;
import dev.historics.archive.hdfs.HadoopFiles;
import dev.historics.archive.hdfs.KeytabLogin;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Settings;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The way to Hadoop: its settings, and who this process is to it. */
final class HadoopAccess {
  private final Session session;
  private Configuration configuration;

  HadoopAccess(Session session) {
    this.session = session;
  }

  /**
   * Hadoop's settings. This process is logged in, if a keytab is given, before anything else uses
   * them.
   *
   * @throws IOException if it cannot be logged in
   */
  Configuration configuration() throws CliException, IOException {
    if (configuration == null) {
      Configuration made = new Configuration();
      for (Map.Entry<String, String> given : session.hadoop().entrySet()) {
        made.set(given.getKey(), given.getValue(), "the command line");
      }
      if (hasKeytab()) {
        Settings settings = session.settings();
        KeytabLogin.login(
            made,
            settings.text("kerberos.principal"),
            session.home().resolve(settings.text("kerberos.keytab")));
      }
      configuration = made;
    }
    return configuration;
  }

  /** Whether a principal and its keytab are given; one without the other is refused. */
  boolean hasKeytab() throws CliException {
    Settings settings = session.settings();
    boolean hasPrincipal = !settings.text("kerberos.principal").isEmpty();
    boolean hasFile = !settings.text("kerberos.keytab").isEmpty();
    if (hasPrincipal != hasFile) {
      throw settings.wrong(
          hasPrincipal ? "kerberos.keytab" : "kerberos.principal",
          "both kerberos.principal and kerberos.keytab, or none");
    }
    return hasPrincipal;
  }

  /** The files at an address; those on a local disk need nothing of Hadoop. */
  Archive at(URI place) throws CliException, IOException {
    return place.getScheme() == null || place.getScheme().equals("file")
        ? Archive.at(place, session.clock())
        : new Archive(HadoopFiles.at(place, configuration()), session.clock());
  }
}
