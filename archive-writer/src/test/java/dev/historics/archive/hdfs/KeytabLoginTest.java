package dev.historics.archive.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a key distribution centre of this process, on the loopback address. */
class KeytabLoginTest {
  private static final String PRINCIPAL = "historics/host.example.com@EXAMPLE.COM";

  @TempDir private static Path folder;
  private static SimpleKdcServer centre;
  private static Path keytab;

  @BeforeAll
  static void start_a_centre() throws IOException, KrbException {
    centre = new SimpleKdcServer();
    centre.setWorkDir(folder.toFile());
    centre.setKdcRealm("EXAMPLE.COM");
    centre.setKdcHost("127.0.0.1");
    centre.setAllowUdp(false);
    centre.setKdcTcpPort(freePort());
    centre.init();
    centre.start();
    keytab = folder.resolve("historics.keytab");
    centre.createAndExportPrincipals(keytab.toFile(), PRINCIPAL);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void stop_the_centre() throws KrbException {
    centre.stop();
  }

  /** Who this process is belongs to all tests. */
  @AfterEach
  void nobody_is_logged_in() {
    UserGroupInformation.setConfiguration(new Configuration());
    UserGroupInformation.setLoginUser(null);
  }

  private static Configuration kerberos() {
    Configuration settings = new Configuration();
    settings.set("hadoop.security.authentication", "kerberos");
    return settings;
  }

  @Test
  void who_has_a_keytab_is_known_to_a_cluster() throws IOException {
    KeytabLogin.login(kerberos(), PRINCIPAL, keytab);

    UserGroupInformation user = UserGroupInformation.getLoginUser();
    assertThat(user.getUserName()).isEqualTo(PRINCIPAL);
    assertThat(user.hasKerberosCredentials()).isTrue();
    assertThat(user.isFromKeytab()).isTrue();
  }

  @Test
  void a_principal_that_the_keytab_has_not_is_refused() {
    assertThatThrownBy(() -> KeytabLogin.login(kerberos(), "eve@EXAMPLE.COM", keytab))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("eve@EXAMPLE.COM");
  }

  @Test
  void a_keytab_that_is_not_there_is_told() {
    assertThatThrownBy(
            () -> KeytabLogin.login(kerberos(), PRINCIPAL, folder.resolve("other.keytab")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the keytab %s cannot be read; kerberos.keytab says where it lies"
                .formatted(folder.resolve("other.keytab")));
  }

  @Test
  void a_cluster_that_asks_nobody_is_told_apart() {
    assertThatThrownBy(() -> KeytabLogin.login(new Configuration(), PRINCIPAL, keytab))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "kerberos.principal is '%s', but Hadoop's settings say".formatted(PRINCIPAL)
                + " hadoop.security.authentication=simple; ");
  }
}
