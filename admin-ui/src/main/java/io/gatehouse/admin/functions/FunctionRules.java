package io.gatehouse.admin.functions;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.lambda.model.Environment;

/** What the configuration of a function may be. */
final class FunctionRules {

  static final List<String> RUNTIMES =
      List.of(
          "nodejs18.x",
          "nodejs20.x",
          "nodejs22.x",
          "nodejs24.x",
          "python3.9",
          "python3.10",
          "python3.11",
          "python3.12",
          "python3.13",
          "python3.14",
          "java11",
          "java17",
          "java21",
          "java25",
          "provided.al2",
          "provided.al2023");

  static final int MOST_LAYERS = 5;

  /** Nodes run on machines of the control plane's kind. */
  static final String ARCHITECTURE =
      System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";

  private static final int LARGEST_ENVIRONMENT = 4096;

  /** What the host itself tells a function. */
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_RUNTIME_API",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private FunctionRules() {}

  static void refuseIf(boolean asked, String sentence) {
    if (asked) {
      throw ApiError.badRequest(sentence);
    }
  }

  static String runtime(String runtime) {
    refuseIf(
        !RUNTIMES.contains(runtime),
        "Value %s at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: %s"
            .formatted(shown(runtime), RUNTIMES));
    return runtime;
  }

  /** A role of another account would be another tenant's right. */
  static String role(Caller caller, String arn) {
    if (Arn.parse(arn).filter(role -> role.account().equals(caller.account())).isEmpty()) {
      throw ApiError.of(ApiError.Kind.ACCESS_DENIED, "Cross-account pass role is not allowed.");
    }
    return arn;
  }

  static List<String> architectures(List<String> asked) {
    refuseIf(
        asked.size() > 1 || !List.of(ARCHITECTURE).containsAll(asked),
        "Architectures %s: functions run on this installation's own machines, which are [%s]"
            .formatted(shown(asked.toString()), ARCHITECTURE));
    return List.of(ARCHITECTURE);
  }

  /** The variables by name; null stands for none. */
  static Map<String, String> variables(Environment environment) {
    Map<String, String> variables = environment == null ? Map.of() : environment.variables();
    variables
        .keySet()
        .forEach(
            name -> {
              if (!name.matches("[a-zA-Z]([a-zA-Z0-9_])+") && !RESERVED.contains(name)) {
                throw ApiError.of(
                    ApiError.Kind.VALIDATION,
                    ("1 validation error detected: Value '%s' at 'environment.variables' failed to"
                            + " satisfy constraint: Map keys must satisfy constraint: [Member must"
                            + " satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]")
                        .formatted(shown(name)));
              }
            });
    Collection<String> reserved = new TreeSet<>(variables.keySet());
    reserved.retainAll(RESERVED);
    refuseIf(
        !reserved.isEmpty(),
        ("Lambda was unable to configure your environment variables because the environment"
                + " variables you have provided contains reserved keys that are currently not"
                + " supported for modification. Reserved keys used in this request: %s")
            .formatted(String.join(", ", reserved)));
    long size =
        variables.entrySet().stream().mapToLong(v -> bytes(v.getKey()) + bytes(v.getValue())).sum();
    refuseIf(
        size > LARGEST_ENVIRONMENT,
        ("Lambda was unable to configure your environment variables because the environment"
                + " variables you have provided exceeded the 4KB limit. Bytes measured: %d")
            .formatted(size));
    return variables;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static String shown(String text) {
    return text == null || text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }
}
