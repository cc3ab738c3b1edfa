package io.gatehouse.admin;

import io.gatehouse.admin.store.MetricsKept;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.runtime.TestInvoker.BackendSettings;
import io.gatehouse.runtime.cluster.Discovery;
import io.gatehouse.runtime.cluster.DiscoverySettings;
import io.gatehouse.runtime.functions.FunctionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the control plane is told by its environment, read once at start.
 *
 * @param region as in ARNs, also the region that requests are signed for
 * @param masterKey 32 bytes; seals what the database must not show
 * @param nodeKey seals what only nodes may read; they have it too
 * @param discovery how the nodes are found
 * @param publishWait how long an operation waits for the nodes to take what it changed
 * @param egressAllow private addresses that test invocations may reach, as the nodes' setting
 * @param backends what test invocations call and trust, as the nodes' settings
 * @param auditKept how old audit records become
 * @param metricsKept how old figures of metrics become
 * @param longestTimeout that an integration may ask for, as the nodes' setting
 * @param functions who may have functions, as the nodes' setting
 * @param functionStorage how many bytes of code an account may keep
 * @param accountLimit of accounts that have none of their own
 */
public record Settings(
    String region,
    byte[] masterKey,
    Seal nodeKey,
    String clusterName,
    Discovery discovery,
    Duration publishWait,
    Duration auditKept,
    MetricsKept metricsKept,
    Duration longestTimeout,
    String consoleUrl,
    String managementUrl,
    List<String> gatewayUrls,
    String egressAllow,
    BackendSettings backends,
    FunctionSettings functions,
    long functionStorage,
    RateLimit accountLimit,
    Keycloak keycloak,
    Optional<Demo> demo) {

  private static final String DEFAULT_KEYCLOAK_URL = "http://127.0.0.1:9180";

  /**
   * The sign-in service and the clients that we are to it.
   *
   * @param poolsClient what makes realms for user pools
   * @param poolsSecret its secret; empty where user pools have no realms here
   */
  public record Keycloak(
      String url,
      String realm,
      String clientSecret,
      String adminSecret,
      String poolsClient,
      Optional<String> poolsSecret) {
    @Override
    public String toString() {
      return url + " realm " + realm;
    }
  }

  /** A tenant that is there from the first start, with an access key. */
  public record Demo(String account, String accessKeyId, String secretAccessKey) {
    @Override
    public String toString() {
      return account + " with access key " + accessKeyId;
    }
  }

  public Settings {
    masterKey = masterKey.clone();
    gatewayUrls = List.copyOf(gatewayUrls);
  }

  @Override
  public byte[] masterKey() {
    return masterKey.clone();
  }

  /**
   * @param environment variables by name, as {@code System.getenv()}
   * @throws IllegalArgumentException naming the variable, its value and what would be right
   */
  public static Settings of(Map<String, String> environment) {
    Variables in = new Variables(environment);
    return new Settings(
        in.text("GATEHOUSE_REGION", "us-east-1"),
        in.key("GATEHOUSE_MASTER_KEY"),
        new Seal(in.key("GATEHOUSE_NODE_KEY")),
        in.text("GATEHOUSE_CLUSTER_NAME", "gatehouse"),
        DiscoverySettings.ofControlPlane(environment, "127.0.0.1:5701,127.0.0.1:5702"),
        in.millis("GATEHOUSE_PUBLISH_WAIT_MS", 1000, 0, 60_000),
        in.days("GATEHOUSE_AUDIT_DAYS", 90),
        new MetricsKept(
            in.days("GATEHOUSE_METRICS_MINUTE_DAYS", 15).toDays(),
            in.days("GATEHOUSE_METRICS_FIVE_MINUTE_DAYS", 63).toDays(),
            in.days("GATEHOUSE_METRICS_HOUR_DAYS", 455).toDays()),
        in.millis("GATEHOUSE_MAX_TIMEOUT_MS", 29_000, 50, 900_000),
        in.text("GATEHOUSE_CONSOLE_URL", "http://127.0.0.1:9080/console"),
        in.text("GATEHOUSE_MANAGEMENT_URL", "http://127.0.0.1:9080"),
        in.list("GATEHOUSE_GATEWAY_URLS", "http://127.0.0.1:8081 http://127.0.0.1:8082", "\\s"),
        in.text("GATEHOUSE_EGRESS_ALLOW", ""),
        BackendSettings.fromEnvironment(environment, DEFAULT_KEYCLOAK_URL),
        in.functions(),
        in.number("GATEHOUSE_FUNCTIONS_STORAGE_MB", 1024, 1, 1024 * 1024, "megabytes")
            * 1024
            * 1024,
        RateLimit.ofAccounts(environment),
        new Keycloak(
            in.text("GATEHOUSE_KEYCLOAK_URL", DEFAULT_KEYCLOAK_URL),
            in.text("GATEHOUSE_KEYCLOAK_REALM", "gatehouse"),
            in.text("GATEHOUSE_KEYCLOAK_CLIENT_SECRET", ""),
            in.text("GATEHOUSE_KEYCLOAK_ADMIN_SECRET", ""),
            in.text("GATEHOUSE_KEYCLOAK_POOLS_CLIENT", "gatehouse-pools"),
            in.find("GATEHOUSE_KEYCLOAK_POOLS_SECRET")),
        in.demo());
  }

  /** Everything but secrets. */
  @Override
  public String toString() {
    return "region "
        + region
        + ", cluster at "
        + discovery
        + ", waits "
        + publishWait.toMillis()
        + " ms for nodes, keeps audit records "
        + auditKept.toDays()
        + " days, figures of minutes, five minutes and hours "
        + metricsKept
        + ", integrations wait at most "
        + longestTimeout.toMillis()
        + " ms, console "
        + consoleUrl
        + ", management API "
        + managementUrl
        + ", gateways "
        + String.join(" ", gatewayUrls)
        + ", private backends "
        + (egressAllow.isEmpty() ? "none" : egressAllow)
        + ", "
        + backends
        + ", functions "
        + (functions.everyAccount() ? "all" : String.join(",", functions.accounts()))
        + ", sign-in "
        + keycloak
        + ", demo tenant "
        + demo.map(Demo::toString).orElse("none");
  }

  private record Variables(Map<String, String> environment) {

    Optional<String> find(String name) {
      return Optional.ofNullable(environment.get(name))
          .map(String::strip)
          .filter(text -> !text.isEmpty());
    }

    String text(String name, String otherwise) {
      return find(name).orElse(otherwise);
    }

    FunctionSettings functions() {
      Map<String, String> named = new HashMap<>();
      for (String name : List.of("GATEHOUSE_FUNCTIONS", "GATEHOUSE_MANAGEMENT_URL")) {
        find(name).ifPresent(value -> named.put(name, value));
      }
      return FunctionSettings.fromEnvironment(named, Path.of("functions"));
    }

    List<String> list(String name, String otherwise, String separator) {
      return Arrays.stream(text(name, otherwise).split(separator))
          .map(String::strip)
          .filter(item -> !item.isEmpty())
          .toList();
    }

    Duration millis(String name, long otherwise, long least, long most) {
      return Duration.ofMillis(number(name, otherwise, least, most, "milliseconds"));
    }

    Duration days(String name, long otherwise) {
      return Duration.ofDays(number(name, otherwise, 1, 3650, "days"));
    }

    private long number(String name, long otherwise, long least, long most, String unit) {
      String text = text(name, Long.toString(otherwise));
      try {
        long number = Long.parseLong(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // named below
      }
      throw new IllegalArgumentException(
          "%s is '%s'; it must be a number of %s from %d to %d"
              .formatted(name, text, unit, least, most));
    }

    byte[] key(String name) {
      String advice = "; it must be 32 random bytes in base64, as: openssl rand -base64 32";
      String text =
          find(name).orElseThrow(() -> new IllegalArgumentException(name + " is not set" + advice));
      try {
        byte[] key = Base64.getDecoder().decode(text);
        if (key.length == 32) {
          return key;
        }
      } catch (IllegalArgumentException e) {
        // named below, without the value: it is a secret
      }
      throw new IllegalArgumentException(name + " is not a key" + advice);
    }

    Optional<Demo> demo() {
      Optional<String> account = find("GATEHOUSE_DEMO_ACCOUNT");
      if (account.isEmpty()) {
        return Optional.empty();
      }
      if (!account.get().matches("\\d{12}")) {
        throw new IllegalArgumentException(
            "GATEHOUSE_DEMO_ACCOUNT is '" + account.get() + "'; an account has 12 digits");
      }
      return Optional.of(
          new Demo(
              account.get(),
              required("GATEHOUSE_DEMO_ACCESS_KEY_ID"),
              required("GATEHOUSE_DEMO_SECRET_ACCESS_KEY")));
    }

    private String required(String name) {
      return find(name)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      name + " is not set; it is needed with GATEHOUSE_DEMO_ACCOUNT"));
    }
  }
}
