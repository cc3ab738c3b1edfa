package io.gatehouse.runtime.functions;

import java.util.Map;
import java.util.Optional;

/**
 * What a node gives the functions that run on it.
 *
 * @param isolation whether functions run as users of their own
 * @param uids the users that may be used, one for each execution environment
 * @param memoryMegabytes that all execution environments together may have
 * @param mostConcurrent invocations at once on this node
 * @param mostPerAccount of these, what one account may have
 * @param node the path of an interpreter; none to look for one
 * @param path where to look besides the system's folders
 */
public record HostSettings(
    Isolation isolation,
    Uids.Range uids,
    int memoryMegabytes,
    int mostConcurrent,
    int mostPerAccount,
    Optional<String> node,
    Optional<String> python,
    Optional<String> java,
    String path) {

  /** How far functions are kept from the node and from each other. */
  public enum Isolation {
    /** As far as the system allows; said once where that is not far. */
    AUTO,
    /** With users of their own, or not at all. */
    REQUIRED,
    /** With users of their own, but without namespaces. */
    USERS,
    /** As the node's own user. */
    OFF
  }

  private static final int MOST_MEGABYTES = 1 << 20;
  private static final int DEFAULT_CONCURRENT = 100;

  /**
   * @param machineMegabytes the memory of the machine
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static HostSettings fromEnvironment(Map<String, String> env, long machineMegabytes) {
    int usual = (int) Math.clamp(machineMegabytes / 4, 256, MOST_MEGABYTES);
    int concurrent = number(env, "GATEHOUSE_FUNCTIONS_CONCURRENCY", DEFAULT_CONCURRENT, 1, 100_000);
    return new HostSettings(
        isolation(env.getOrDefault("GATEHOUSE_FUNCTIONS_ISOLATION", "").strip()),
        uids(env.getOrDefault("GATEHOUSE_FUNCTIONS_UIDS", "").strip()),
        number(env, "GATEHOUSE_FUNCTIONS_MEMORY_MB", usual, 128, MOST_MEGABYTES),
        concurrent,
        number(
            env,
            "GATEHOUSE_FUNCTIONS_ACCOUNT_CONCURRENCY",
            Math.max(1, concurrent / 2),
            1,
            100_000),
        path(env, "GATEHOUSE_FUNCTIONS_NODE"),
        path(env, "GATEHOUSE_FUNCTIONS_PYTHON"),
        path(env, "GATEHOUSE_FUNCTIONS_JAVA"),
        env.getOrDefault("PATH", ""));
  }

  /** Half of all, as of the invocations, unless there is nobody else whom the rest is kept for. */
  int memoryOfAccount(FunctionSettings functions) {
    return functions.everyAccount() || functions.accounts().size() > 1
        ? Math.max(1, memoryMegabytes / 2)
        : memoryMegabytes;
  }

  private static Isolation isolation(String text) {
    return switch (text) {
      case "", "auto" -> Isolation.AUTO;
      case "required" -> Isolation.REQUIRED;
      case "users" -> Isolation.USERS;
      case "off" -> Isolation.OFF;
      default ->
          throw new IllegalArgumentException(
              "GATEHOUSE_FUNCTIONS_ISOLATION is "
                  + text
                  + " and must be auto, required, users or off");
    };
  }

  private static Uids.Range uids(String text) {
    if (text.isEmpty()) {
      return new Uids.Range(60_000, 60_999);
    }
    try {
      int dash = text.indexOf('-');
      int first = Integer.parseInt(text.substring(0, Math.max(dash, 0)));
      int last = Integer.parseInt(text.substring(dash + 1));
      if (first >= 1000 && last >= first && last <= 2_000_000_000) {
        return new Uids.Range(first, last);
      }
    } catch (NumberFormatException e) {
      // named below
    }
    throw new IllegalArgumentException(
        "GATEHOUSE_FUNCTIONS_UIDS is "
            + text
            + " and must be two user ids from 1000 on that nobody else has, as 60000-60999");
  }

  private static Optional<String> path(Map<String, String> env, String name) {
    String text = env.getOrDefault(name, "").strip();
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw new IllegalArgumentException(
          name + " is " + text + " and must be the absolute path of an interpreter");
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static int number(
      Map<String, String> env, String name, int otherwise, int least, int most) {
    String text = env.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, with the range
    }
    throw new IllegalArgumentException(
        name + " is " + text + " and must be a number from " + least + " to " + most);
  }
}
