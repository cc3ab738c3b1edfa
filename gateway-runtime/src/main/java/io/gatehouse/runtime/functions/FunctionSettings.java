package io.gatehouse.runtime.functions;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator allows functions.
 *
 * @param everyAccount whether all accounts may have functions
 * @param accounts that may, where not all do
 * @param directory for unpacked code and what running functions write
 * @param controlUrl where code is fetched from
 */
public record FunctionSettings(
    boolean everyAccount, Set<String> accounts, Path directory, String controlUrl) {

  /**
   * @param directory of this server's own
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static FunctionSettings fromEnvironment(Map<String, String> env, Path directory) {
    String text = env.getOrDefault("GATEHOUSE_FUNCTIONS", "").strip();
    boolean all = text.equals("all");
    Set<String> accounts =
        all || text.equals("off")
            ? Set.of()
            : Arrays.stream(text.split("[,\\s]+"))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    accounts.stream()
        .filter(account -> !account.matches("\\d{12}"))
        .findFirst()
        .ifPresent(
            bad -> {
              throw new IllegalArgumentException(
                  "GATEHOUSE_FUNCTIONS has '"
                      + bad
                      + "'; it must be off, all, or accounts of 12 digits");
            });
    return new FunctionSettings(
        all,
        accounts,
        directory,
        env.getOrDefault("GATEHOUSE_MANAGEMENT_URL", "http://127.0.0.1:9080"));
  }

  /** Whether anybody may have functions. */
  public boolean allowsAny() {
    return everyAccount || !accounts.isEmpty();
  }

  public boolean allows(String account) {
    return everyAccount || accounts.contains(account);
  }
}
