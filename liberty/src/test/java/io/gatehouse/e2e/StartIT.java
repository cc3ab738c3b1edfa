package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** What start says when something is in its way, and the production database. */
@Order(0)
class StartIT {

  private final int portBase = Ports.freeBase();

  @TempDir Path home;

  @Test
  void aPortInUseIsNamedWithItsSettingAndNothingIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(portBase + 1, 1, InetAddress.getLoopbackAddress())) {
      Scripts.Outcome outcome = new Scripts(home, portBase, Map.of()).run("start", "--detach");
      assertNotEquals(0, outcome.status());
      assertTrue(outcome.output().contains("" + taken.getLocalPort()), outcome.output());
      assertTrue(outcome.output().contains("GATEHOUSE_NODE_1_PORT"), outcome.output());
      assertFalse(Files.exists(home.resolve("run/control.pid")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GATEHOUSE_FUNCTIONS, demo, 'off, all, or a list of accounts of 12 digits'",
    "GATEHOUSE_AWS_ENDPOINT_URL_SQS, localhost:9324, http(s)://host[:port][/path]",
    "GATEHOUSE_BACKEND_CA_FILE, no-such-file.pem, a file of certificates in PEM"
  })
  void aWrongSettingOfIntegrationsIsNamedWithWhatWouldBeRight(
      String setting, String value, String right) throws Exception {
    Scripts.Outcome outcome =
        new Scripts(home, portBase, Map.of(setting, value)).run("start", "--detach");
    assertNotEquals(0, outcome.status());
    assertTrue(outcome.output().contains(setting + "=" + value), outcome.output());
    assertTrue(outcome.output().contains(right), outcome.output());
    assertFalse(Files.exists(home.resolve("run/control.pid")));
  }

  @Test
  void aWrongDatabasePasswordIsNamedAndTheRightOneWorks() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        var connection = postgres.getPostgresDatabase().getConnection();
        var sql = connection.createStatement()) {
      sql.execute("create user gatehouse password 'right'");
      sql.execute("create database gatehouse owner gatehouse");
      String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/gatehouse";
      sql.execute("alter system set password_encryption = 'scram-sha-256'");
      requirePasswords(postgres, sql);
      Scripts wrong = scripts(url, "wrong");
      Scripts.Outcome outcome = wrong.run("start", "--only", "control");
      assertNotEquals(0, outcome.status());
      assertTrue(outcome.output().contains("GATEHOUSE_DB_PASSWORD"), outcome.output());
      assertFalse(
          outcome.output().contains("wrong\n"),
          "the password itself is printed: " + outcome.output());

      Scripts right = scripts(url, "right");
      right.succeed("start", "--only", "control");
      String kept;
      try (ApiGatewayClient client = client(right)) {
        kept = client.createRestApi(r -> r.name("kept")).id();
        String gone = client.createRestApi(r -> r.name("gone")).id();
        client.deleteRestApi(r -> r.restApiId(gone));
        assertEquals(List.of("kept"), names(client));
        assertAnOutagePasses(sql, client);
      }
      right.succeed("stop");

      right.succeed("start", "--only", "control");
      try (ApiGatewayClient client = client(right)) {
        assertEquals("kept", client.getRestApi(r -> r.restApiId(kept)).name());
      }
      right.succeed("stop");
    }
  }

  /**
   * Its connections cut and no new ones to be had: refused clearly, and well when they are back.
   */
  private static void assertAnOutagePasses(Statement sql, ApiGatewayClient client)
      throws Exception {
    sql.execute("alter role gatehouse connection limit 0");
    sql.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'gatehouse'");
    ApiGatewayException away = assertThrows(ApiGatewayException.class, () -> names(client));
    assertEquals(503, away.statusCode(), away.getMessage());
    assertEquals("ServiceUnavailableException", away.awsErrorDetails().errorCode());

    sql.execute("alter role gatehouse connection limit -1");
    assertEquals(List.of("kept"), names(client));
  }

  private static List<String> names(ApiGatewayClient client) {
    return client.getRestApis().items().stream().map(RestApi::name).toList();
  }

  private static ApiGatewayClient client(Scripts scripts) throws Exception {
    Map<String, String> settings = scripts.environmentOfClients();
    return ApiGatewayClient.builder()
        .endpointOverride(URI.create(settings.get("GATEHOUSE_MANAGEMENT_URL")))
        .region(Region.of(settings.get("AWS_REGION")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    settings.get("AWS_ACCESS_KEY_ID"), settings.get("AWS_SECRET_ACCESS_KEY"))))
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private Scripts scripts(String url, String password) {
    return new Scripts(
        home,
        portBase,
        Map.of(
            "GATEHOUSE_DB_URL",
            url,
            "GATEHOUSE_DB_USER",
            "gatehouse",
            "GATEHOUSE_DB_PASSWORD",
            password));
  }

  /** The embedded server trusts everyone on loopback; production ones do not. */
  private static void requirePasswords(EmbeddedPostgres postgres, java.sql.Statement sql)
      throws Exception {
    String file;
    try (var rows = sql.executeQuery("show hba_file")) {
      rows.next();
      file = rows.getString(1);
    }
    String rules = Files.readString(Path.of(file));
    Files.writeString(
        Path.of(file), "host gatehouse gatehouse 127.0.0.1/32 scram-sha-256\n" + rules);
    sql.execute("select pg_reload_conf()");
  }
}
