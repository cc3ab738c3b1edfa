package io.gatehouse.runtime.sink;

import io.gatehouse.runtime.trace.TraceCollector;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the operator wants logged requests.
 *
 * @param store whether the control plane fetches them into the installation's own store
 */
public record SinkSettings(
    boolean store,
    Optional<KafkaTopic> kafka,
    Optional<LogCollector> collector,
    Optional<LogFiles> files) {

  private static final String STORE = "GATEHOUSE_LOG_STORE";
  private static final String SERVERS = "GATEHOUSE_LOG_KAFKA_SERVERS";
  private static final String TOPIC = "GATEHOUSE_LOG_KAFKA_TOPIC";
  private static final String PROPERTIES = "GATEHOUSE_LOG_KAFKA_PROPERTIES";
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
  private static final String FILES = "GATEHOUSE_LOG_FILES";
  private static final String FILES_BYTES = "GATEHOUSE_LOG_FILES_BYTES";
  private static final String FILES_COUNT = "GATEHOUSE_LOG_FILES_COUNT";

  private static final Pattern SERVER_LIST =
      Pattern.compile("[A-Za-z0-9.\\[\\]:-]+:\\d{1,5}(\\s*,\\s*[A-Za-z0-9.\\[\\]:-]+:\\d{1,5})*");
  private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern URL =
      Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~-]+)*/?");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kKmMgG]?)");
  private static final Map<String, Integer> SHIFTS = Map.of("", 0, "k", 10, "m", 20, "g", 30);
  private static final long LEAST_FILE_BYTES = 64 << 10;
  private static final int MOST_FILES = 10_000;

  /**
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static SinkSettings fromEnvironment(Map<String, String> env) {
    SinkSettings settings = new SinkSettings(isStored(env), kafka(env), collector(env), files(env));
    if (!settings.store && !settings.isAny()) {
      throw new IllegalArgumentException(
          "%s is false, and no sink takes the store's place: set %s, %s or %s"
              .formatted(STORE, SERVERS, ENDPOINT, FILES));
    }
    return settings;
  }

  private boolean isAny() {
    return kafka.isPresent() || collector.isPresent() || files.isPresent();
  }

  private static String text(Map<String, String> env, String name) {
    return env.getOrDefault(name, "").strip();
  }

  private static boolean isStored(Map<String, String> env) {
    return switch (text(env, STORE)) {
      case "", "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              STORE + " is " + text(env, STORE) + " and must be true or false");
    };
  }

  private static Optional<KafkaTopic> kafka(Map<String, String> env) {
    String servers = text(env, SERVERS);
    if (servers.isEmpty()) {
      return Optional.empty();
    }
    String topic = text(env, TOPIC).isEmpty() ? "gatehouse-logs" : text(env, TOPIC);
    if (!SERVER_LIST.matcher(servers).matches()) {
      throw new IllegalArgumentException(
          "%s is %s and must be a list of host:port, as kafka-1:9092,kafka-2:9092"
              .formatted(SERVERS, servers));
    }
    if (!TOPIC_NAME.matcher(topic).matches()) {
      throw new IllegalArgumentException(
          "%s is %s and must be a topic's name of letters, digits, '.', '_' and '-'"
              .formatted(TOPIC, topic));
    }
    Map<String, String> properties = properties(text(env, PROPERTIES));
    try {
      KafkaReceiver.check(properties);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PROPERTIES + ": " + e.getMessage());
    }
    return Optional.of(new KafkaTopic(servers.replaceAll("\\s", ""), topic, properties));
  }

  private static Map<String, String> properties(String file) {
    if (file.isEmpty()) {
      return Map.of();
    }
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      read.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is %s, which cannot be read: %s".formatted(PROPERTIES, file, e.getMessage()));
    }
    Map<String, String> properties = new HashMap<>();
    read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
    return properties;
  }

  private static Optional<LogCollector> collector(Map<String, String> env) {
    String endpoint = text(env, ENDPOINT);
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    if (!URL.matcher(endpoint).matches()) {
      throw new IllegalArgumentException(
          "%s is %s and must be the whole URL of a collector, as http://collector:4318/v1/logs"
              .formatted(ENDPOINT, endpoint));
    }
    String own = "OTEL_EXPORTER_OTLP_LOGS_HEADERS";
    String headers = text(env, own).isEmpty() ? "OTEL_EXPORTER_OTLP_HEADERS" : own;
    return Optional.of(
        new LogCollector(endpoint, TraceCollector.headers(headers, text(env, headers))));
  }

  private static Optional<LogFiles> files(Map<String, String> env) {
    String directory = text(env, FILES);
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(directory);
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException(
            "%s is %s and must be an absolute path".formatted(FILES, directory));
      }
      return Optional.of(new LogFiles(path, fileBytes(env), fileCount(env)));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s is %s and must be a directory's path".formatted(FILES, directory));
    }
  }

  private static long fileBytes(Map<String, String> env) {
    String text = text(env, FILES_BYTES);
    Matcher m = SIZE.matcher(text.isEmpty() ? "64m" : text);
    long bytes =
        m.matches()
            ? Long.parseLong(m.group(1)) << SHIFTS.get(m.group(2).toLowerCase(Locale.ROOT))
            : 0;
    if (bytes < LEAST_FILE_BYTES) {
      throw new IllegalArgumentException(
          "%s is %s and must be a number of bytes, as 67108864, 64m or 1g, at least 64k"
              .formatted(FILES_BYTES, text));
    }
    return bytes;
  }

  private static int fileCount(Map<String, String> env) {
    String text = text(env, FILES_COUNT);
    int count = text.isEmpty() ? 10 : text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (count < 1 || count > MOST_FILES) {
      throw new IllegalArgumentException(
          "%s is %s and must be a number from 1 to %d".formatted(FILES_COUNT, text, MOST_FILES));
    }
    return count;
  }

  /** Everything but secrets. */
  @Override
  public String toString() {
    return "logs to"
        + (store ? " the control plane" : "")
        + kafka.map(one -> " Kafka " + one).orElse("")
        + collector.map(one -> " the collector " + one).orElse("")
        + files.map(one -> " files in " + one.directory()).orElse("");
  }
}
