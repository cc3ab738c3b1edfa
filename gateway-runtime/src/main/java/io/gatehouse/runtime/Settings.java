package io.gatehouse.runtime;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.runtime.backend.AddressRange;
import io.gatehouse.runtime.backend.AwsEndpoints;
import io.gatehouse.runtime.cluster.Discovery;
import io.gatehouse.runtime.cluster.DiscoverySettings;
import io.gatehouse.runtime.door.Limits;
import io.gatehouse.runtime.door.Origins;
import io.gatehouse.runtime.functions.FunctionSettings;
import io.gatehouse.runtime.functions.HostSettings;
import io.gatehouse.runtime.sink.SinkSettings;
import io.gatehouse.runtime.trace.TraceCollector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node's configuration, read once from the environment when it starts.
 *
 * @param discovery how the other nodes of the cluster are found
 * @param nodeKey what the control plane seals for nodes opens under it; without it, stages that
 *     show a client certificate are not served
 * @param limits what a caller may use up
 * @param origins whose word is taken about who calls, and which networks are VPC endpoints
 * @param mostTimeoutMillis the longest integration timeout that is kept to; a longer one is cut
 * @param awsEndpoints where the vendor's services are answered
 * @param backendAuthorities PEM texts of authorities that HTTPS backends are verified against,
 *     besides the system's
 * @param functions what the operator allows functions
 * @param functionHost what this node gives those that run on it
 * @param issuerKeysMaxAge for how long the last good keys of a user pool's issuer serve that does
 *     not answer
 * @param keycloak base URL of the sign-in service whose realms the control plane makes for user
 *     pools; empty where nodes reach those as any other issuer
 * @param reasonHeader the response header that names the reason of a refusal, if one shall
 * @param accountLimit of accounts that have none of their own
 * @param limitHeaders whether answers tell callers what is left of their usage plan
 * @param cacheBytes what the stages' response caches may have of this node's memory; 0 for none
 * @param traceCollector who is told of exchanges that are recorded as traces
 * @param logSpoolBytes what logs may have of this node's disk until the control plane has stored
 *     them, and as much for each sink
 * @param sinks where logs go
 */
public record Settings(
    String nodeName,
    String listenHost,
    int listenPort,
    String clusterName,
    String clusterHost,
    int clusterPort,
    Discovery discovery,
    Path dataDirectory,
    List<AddressRange> egressAllow,
    boolean accessLog,
    int mostInFlight,
    Optional<Seal> nodeKey,
    Limits limits,
    Origins origins,
    int mostTimeoutMillis,
    Optional<String> reasonHeader,
    boolean limitHeaders,
    RateLimit accountLimit,
    AwsEndpoints awsEndpoints,
    String backendAuthorities,
    FunctionSettings functions,
    HostSettings functionHost,
    Duration issuerKeysMaxAge,
    Optional<String> keycloak,
    long cacheBytes,
    Optional<TraceCollector> traceCollector,
    long logSpoolBytes,
    SinkSettings sinks) {

  private static final String WELL_KNOWN_CLUSTER = "gatehouse";
  private static final int MOST_BODY_BYTES = 1 << 30;
  private static final int MOST_HEADER_BYTES = 1 << 20;
  private static final int MOST_MILLIS = 900_000;
  private static final long DEFAULT_LOG_SPOOL_BYTES = 256L << 20;
  private static final Duration DEFAULT_ISSUER_KEYS_MAX_AGE = Duration.ofHours(24);
  private static final Pattern BASE_URL =
      Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~-]+)*");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmMgG]?)");
  private static final Map<String, Integer> SHIFTS = Map.of("", 0, "k", 10, "m", 20, "g", 30);
  private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})([smhd])");

  /**
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static Settings fromEnvironment(Map<String, String> env) {
    String clusterHost = env.getOrDefault("GATEHOUSE_CLUSTER_HOST", "127.0.0.1");
    int clusterPort = number(env, "GATEHOUSE_CLUSTER_PORT", 5701, 65_535);
    int mostTimeoutMillis = number(env, "GATEHOUSE_MAX_TIMEOUT_MS", 29_000, MOST_MILLIS);
    Path dataDirectory =
        Path.of(env.getOrDefault("GATEHOUSE_DATA_DIR", ".gatehouse/node")).toAbsolutePath();
    String clusterName = env.getOrDefault("GATEHOUSE_CLUSTER_NAME", WELL_KNOWN_CLUSTER);
    return new Settings(
        env.getOrDefault("GATEHOUSE_NODE_NAME", "node-1"),
        env.getOrDefault("GATEHOUSE_LISTEN_HOST", "127.0.0.1"),
        number(env, "GATEHOUSE_LISTEN_PORT", 8081, 65_535),
        clusterName,
        clusterHost,
        clusterPort,
        DiscoverySettings.ofNode(env, clusterHost + ":" + clusterPort, clusterPort),
        dataDirectory,
        egress(env.getOrDefault("GATEHOUSE_EGRESS_ALLOW", "")),
        Boolean.parseBoolean(env.getOrDefault("GATEHOUSE_ACCESS_LOG", "true")),
        number(env, "GATEHOUSE_MAX_IN_FLIGHT", 10_000, 1_000_000),
        nodeKey(env.getOrDefault("GATEHOUSE_NODE_KEY", "")),
        limits(env, mostTimeoutMillis),
        Origins.parse(
            env.getOrDefault("GATEHOUSE_TRUSTED_PROXIES", ""),
            env.getOrDefault("GATEHOUSE_VPC_ENDPOINTS", "")),
        mostTimeoutMillis,
        reasonHeader(env.getOrDefault("GATEHOUSE_REASON_HEADER", "").strip()),
        flag(env, "GATEHOUSE_LIMIT_HEADERS", true),
        RateLimit.ofAccounts(env),
        AwsEndpoints.fromEnvironment(env),
        authorities(env),
        functions(env, dataDirectory, clusterName),
        HostSettings.fromEnvironment(env, machineMegabytes()),
        time(env, "GATEHOUSE_ISSUER_KEYS_MAX_AGE", DEFAULT_ISSUER_KEYS_MAX_AGE),
        keycloak(env),
        cacheBytes(env),
        TraceCollector.fromEnvironment(env),
        logSpoolBytes(env),
        SinkSettings.fromEnvironment(env));
  }

  /** Functions reach the cluster's port, and who knows its name may do there what nodes may. */
  private static FunctionSettings functions(
      Map<String, String> env, Path dataDirectory, String clusterName) {
    FunctionSettings settings =
        FunctionSettings.fromEnvironment(env, dataDirectory.resolve("functions"));
    if (settings.allowsAny() && clusterName.equals(WELL_KNOWN_CLUSTER)) {
      throw new IllegalArgumentException(
          "GATEHOUSE_FUNCTIONS lets accounts have functions, which reach the cluster's port:"
              + " GATEHOUSE_CLUSTER_NAME must be set to what nobody can guess, as: openssl rand"
              + " -hex 16");
    }
    return settings;
  }

  private static long machineMegabytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize() >> 20
        : 0;
  }

  /** The log gets no PEM texts. */
  static String counted(String authorities) {
    return authorities.split("-----BEGIN CERTIFICATE-----", -1).length
        - 1
        + " authorities besides the system's";
  }

  /** Everything but secrets. */
  @Override
  public String toString() {
    return nodeName
        + " listens at "
        + listenHost
        + ":"
        + listenPort
        + ", cluster at "
        + clusterHost
        + ":"
        + clusterPort
        + " of "
        + discovery
        + ", data in "
        + dataDirectory
        + ", private backends "
        + egressAllow
        + (accessLog ? ", " : ", no ")
        + "access log, at most "
        + mostInFlight
        + " requests in flight, "
        + (nodeKey.isPresent() ? "a" : "no")
        + " node key, "
        + limits
        + ", "
        + origins
        + ", integrations wait at most "
        + mostTimeoutMillis
        + " ms, reasons in "
        + reasonHeader.orElse("no header")
        + (limitHeaders ? ", " : ", no ")
        + "headers about limits"
        + ", AWS endpoints "
        + awsEndpoints
        + ", "
        + counted(backendAuthorities)
        + ", "
        + functions
        + ", "
        + functionHost
        + ", issuers' keys serve for "
        + issuerKeysMaxAge
        + ", realms of user pools at "
        + keycloak.orElse("no sign-in service of our own")
        + ", "
        + cacheBytes
        + " bytes for response caches, "
        + logSpoolBytes
        + " bytes of disk for logs, "
        + sinks;
  }

  private static Limits limits(Map<String, String> env, int mostTimeoutMillis) {
    return Limits.of(
        number(env, "GATEHOUSE_MAX_BODY_BYTES", Limits.DEFAULT_BODY_BYTES, MOST_BODY_BYTES),
        number(
            env,
            "GATEHOUSE_MAX_HEADER_BYTES",
            1024,
            Limits.DEFAULT_HEADER_BYTES,
            MOST_HEADER_BYTES),
        number(
            env, "GATEHOUSE_HEADER_TIMEOUT_MS", Limits.DEFAULT_HEADER_TIMEOUT_MILLIS, MOST_MILLIS),
        number(env, "GATEHOUSE_BODY_TIMEOUT_MS", Limits.DEFAULT_BODY_TIMEOUT_MILLIS, MOST_MILLIS),
        mostTimeoutMillis,
        number(
            env,
            "GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS",
            0,
            Limits.DEFAULT_CONNECTIONS_PER_ADDRESS,
            1_000_000),
        flag(env, "GATEHOUSE_HTTP2", true));
  }

  static String authorities(Map<String, String> env) {
    String file = env.getOrDefault("GATEHOUSE_BACKEND_CA_FILE", "").strip();
    try {
      return file.isEmpty() ? "" : Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "GATEHOUSE_BACKEND_CA_FILE is " + file + ", which cannot be read: " + e.getMessage());
    }
  }

  private static Optional<String> reasonHeader(String name) {
    if (name.isEmpty()) {
      return Optional.of("x-gatehouse-reason");
    }
    if (name.equalsIgnoreCase("off")) {
      return Optional.empty();
    }
    for (char c : name.toCharArray()) {
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
        throw new IllegalArgumentException(
            "GATEHOUSE_REASON_HEADER is "
                + name
                + " and must be a header name of letters, digits and hyphens, or off");
      }
    }
    return Optional.of(name);
  }

  private static boolean flag(Map<String, String> env, String name, boolean otherwise) {
    String text = env.getOrDefault(name, "").strip();
    return switch (text) {
      case "" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(name + " is " + text + " and must be true or false");
    };
  }

  /** Of nodes and of the control plane, which have to agree to the letter. */
  static Optional<String> keycloak(Map<String, String> env) {
    String url = env.getOrDefault("GATEHOUSE_KEYCLOAK_URL", "").strip();
    if (!url.isEmpty() && !BASE_URL.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "GATEHOUSE_KEYCLOAK_URL is "
              + url
              + " and must be a URL without a slash at its end, as https://id.example.com");
    }
    return url.isEmpty() ? Optional.empty() : Optional.of(url);
  }

  private static Optional<Seal> nodeKey(String text) {
    try {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(new Seal(Base64.getDecoder().decode(text.strip())));
    } catch (IllegalArgumentException e) {
      // Without the value: it is a secret.
      throw new IllegalArgumentException("GATEHOUSE_NODE_KEY must be 32 random bytes in base64");
    }
  }

  private static List<AddressRange> egress(String text) {
    try {
      return AddressRange.parseList(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("GATEHOUSE_EGRESS_ALLOW: " + e.getMessage());
    }
  }

  private static int number(Map<String, String> env, String name, int otherwise, int most) {
    return number(env, name, 1, otherwise, most);
  }

  private static int number(
      Map<String, String> env, String name, int least, int otherwise, int most) {
    String text = env.get(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, with the range
    }
    throw new IllegalArgumentException(
        name + " is " + text + " and must be a number from " + least + " to " + most);
  }

  private static Duration time(Map<String, String> env, String name, Duration otherwise) {
    String text = env.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          name + " is " + text + " and must be a time as 90s, 30m, 24h or 2d");
    }
    long number = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static long cacheBytes(Map<String, String> env) {
    long heap = Runtime.getRuntime().maxMemory();
    long bytes = size(env, "GATEHOUSE_CACHE_BYTES", heap / 4, "; 0 for no response caches");
    if (bytes > heap / 10 * 7) {
      throw new IllegalArgumentException(
          "GATEHOUSE_CACHE_BYTES is "
              + env.get("GATEHOUSE_CACHE_BYTES")
              + ", more than seven tenths of the node's heap of "
              + heap
              + " bytes");
    }
    return bytes;
  }

  private static long logSpoolBytes(Map<String, String> env) {
    String name = "GATEHOUSE_LOG_SPOOL_BYTES";
    long bytes = size(env, name, DEFAULT_LOG_SPOOL_BYTES, ", at least 1m");
    if (bytes < 1 << 20) {
      throw new IllegalArgumentException(
          name + " is " + env.get(name) + " and must be at least 1m");
    }
    return bytes;
  }

  private static long size(Map<String, String> env, String name, long otherwise, String more) {
    String text = env.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher m = SIZE.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          name + " is " + text + " and must be a number of bytes, as 268435456, 256m or 2g" + more);
    }
    return Long.parseLong(m.group(1)) << SHIFTS.get(m.group(2).toLowerCase(Locale.ROOT));
  }
}
