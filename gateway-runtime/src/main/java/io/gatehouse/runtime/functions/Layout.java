package io.gatehouse.runtime.functions;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the parts of an execution environment lie, and where its processes see them.
 *
 * @param code unpacked
 * @param runtime what the host brings along: bootstraps and libraries
 * @param layers unpacked one over the other; none where there are none
 * @param tmp the only place it may write to
 * @param bound whether it sees them under the vendor's names, in a mount namespace of its own
 */
record Layout(Path code, Path runtime, Optional<Path> layers, Path tmp, boolean bound) {

  static final String TASK_ROOT = "/var/task";
  static final String RUNTIME_ROOT = "/var/runtime";

  String codeSeen() {
    return bound ? TASK_ROOT : code.toString();
  }

  String runtimeSeen() {
    return bound ? RUNTIME_ROOT : runtime.toString();
  }

  String layersSeen() {
    return bound || layers.isEmpty() ? "/opt" : layers.get().toString();
  }

  String tmpSeen() {
    return bound ? "/tmp" : tmp.toString();
  }
}
