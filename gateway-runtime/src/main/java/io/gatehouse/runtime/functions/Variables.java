package io.gatehouse.runtime.functions;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environment that a function's process gets: the vendor's variables and its own. */
final class Variables {

  private static final long STEPS = 1_000_000;

  /** Variables that shells make their own: setting one would end the script that sets it. */
  private static final Set<String> OF_SHELLS =
      Set.of("OPTIND", "UID", "EUID", "PPID", "SHELLOPTS", "BASHOPTS", "BASH_VERSINFO");

  private final Optional<Seal> nodeKey;

  Variables(Optional<Seal> nodeKey) {
    this.nodeKey = nodeKey;
  }

  /**
   * @param port of its Runtime API
   */
  Map<String, String> of(Chosen chosen, Layout layout, int port) throws StartFailure {
    FunctionVersion version = chosen.version();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("PATH", "/usr/local/bin:/usr/bin:/bin:" + layout.layersSeen() + "/bin");
    all.put("LANG", "en_US.UTF-8");
    // Few machines have that locale; without any, Java takes the variables' texts for ASCII.
    all.put("LC_ALL", "C.UTF-8");
    all.put("TZ", ":UTC");
    all.put(
        "LD_LIBRARY_PATH",
        layout.codeSeen() + ":" + layout.codeSeen() + "/lib:" + layout.layersSeen() + "/lib");
    all.putAll(Runtimes.variables(version, layout));
    all.putAll(own(chosen));
    // What a function cannot set.
    all.put("HOME", layout.tmpSeen());
    all.put("TMPDIR", layout.tmpSeen());
    all.put("AWS_REGION", chosen.function().region());
    all.put("AWS_DEFAULT_REGION", chosen.function().region());
    all.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + version.runtime());
    all.put("AWS_LAMBDA_FUNCTION_NAME", chosen.function().name());
    all.put("AWS_LAMBDA_FUNCTION_VERSION", version.version());
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(version.memoryMegabytes()));
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + chosen.function().name());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", version.version());
    all.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port);
    all.put("LAMBDA_TASK_ROOT", layout.codeSeen());
    all.put("LAMBDA_RUNTIME_DIR", layout.runtimeSeen());
    all.put("_HANDLER", version.handler());
    return all;
  }

  private Map<String, String> own(Chosen chosen) throws StartFailure {
    Optional<String> sealed = chosen.version().sealedEnvironment();
    if (sealed.isEmpty()) {
      return Map.of();
    }
    String owner = FunctionVersion.owner(chosen.function().account(), chosen.function().name());
    Optional<String> opened = nodeKey.flatMap(key -> key.open(owner, sealed.get()));
    if (opened.isEmpty()) {
      throw StartFailure.of(
          "Lambda.KMSAccessDenied",
          "the function's environment does not open: GATEHOUSE_NODE_KEY of this node is not set, or"
              + " not that of the control plane");
    }
    Map<String, String> own = new LinkedHashMap<>();
    try {
      if (Json.parse(opened.get(), Budget.of(STEPS)) instanceof Map<?, ?> members) {
        members.forEach((name, value) -> add(own, String.valueOf(name), String.valueOf(value)));
      }
    } catch (InvalidJson | BudgetExhausted e) {
      throw StartFailure.of("Lambda.InvalidEnvironment", "the function's environment is no JSON");
    }
    return own;
  }

  private static void add(Map<String, String> own, String name, String value) {
    if (isName(name) && !OF_SHELLS.contains(name) && value.indexOf('\0') < 0) {
      own.put(name, value);
    }
  }

  /** The vendor's rule: a letter, then letters, digits and underscores. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!(letter || i > 0 && (c == '_' || c >= '0' && c <= '9'))) {
        return false;
      }
    }
    return name.length() > 1;
  }
}
