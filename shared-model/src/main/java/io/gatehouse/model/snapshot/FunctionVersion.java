package io.gatehouse.model.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * A version of a function: what a process needs to run it.
 *
 * @param codeSha256 of the zip archive, 64 lower-case hexadecimal digits
 * @param runtime in the vendor's words, as {@code nodejs20.x}
 * @param handler in the runtime's form
 * @param sealedEnvironment the environment's variables as a JSON object, sealed for {@link #owner}
 *     under the node key
 * @param layers hashes of the layers' archives, unpacked in this order one over the other
 */
public record FunctionVersion(
    String version,
    String codeSha256,
    String runtime,
    String handler,
    int memoryMegabytes,
    int timeoutSeconds,
    Optional<String> sealedEnvironment,
    List<String> layers,
    EventInvoke eventInvoke) {

  public FunctionVersion {
    layers = List.copyOf(layers);
  }

  /** What becomes of asynchronous invocations that fail. */
  public record EventInvoke(int retries, int mostAgeSeconds) {
    public static final EventInvoke USUAL = new EventInvoke(2, 6 * 3600);
  }

  /** Whom the environment is sealed for. */
  public static String owner(String account, String function) {
    return "function-environment " + account + " " + function;
  }
}
