package dev.historics.archive.hdfs;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;

/** Makes this process somebody whom a cluster with Kerberos knows. */
public final class KeytabLogin {
  private KeytabLogin() {}

  /**
   * Logs this process in; Hadoop renews that by itself from the same keytab.
   *
   * @param settings Hadoop's; if they do not ask for Kerberos there is nothing to log in to
   * @param principal such as {@code historics/_HOST@EXAMPLE.COM}, where {@code _HOST} stands for
   *     this machine
   * @throws IOException if it is refused, or the keytab cannot be read
   */
  public static void login(Configuration settings, String principal, Path keytab)
      throws IOException {
    UserGroupInformation.setConfiguration(settings);
    if (!UserGroupInformation.isSecurityEnabled()) {
      throw new IOException(
          "kerberos.principal is '%s', but Hadoop's settings say hadoop.security.authentication=%s; "
                  .formatted(principal, settings.get("hadoop.security.authentication", "simple"))
              + "set HADOOP_CONF_DIR to the cluster's settings, or leave kerberos.principal empty");
    }
    if (!Files.isReadable(keytab)) {
      throw new IOException(
          "the keytab %s cannot be read; kerberos.keytab says where it lies".formatted(keytab));
    }
    String host = InetAddress.getLocalHost().getCanonicalHostName();
    UserGroupInformation.loginUserFromKeytab(
        SecurityUtil.getServerPrincipal(principal, host), keytab.toString());
  }
}
