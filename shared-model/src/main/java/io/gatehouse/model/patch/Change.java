package io.gatehouse.model.patch;

import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/**
 * One patch operation whose path was recognised.
 *
 * @param path as sent
 * @param variables of the path's template, with {@code ~1} and {@code ~0} read
 * @param value empty when none was sent
 * @param from empty when none was sent
 */
public record Change(Op op, String path, Map<String, String> variables, String value, String from) {

  static Change of(PatchOperation operation, PatchPath path) {
    return new Change(
        operation.op(),
        operation.path(),
        path.variables(),
        operation.value() == null ? "" : operation.value(),
        operation.from() == null ? "" : operation.from());
  }

  Change withValue(String newValue) {
    return new Change(op, path, variables, newValue, from);
  }

  /** A variable of the template. */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no {" + name + "}, only " + variables);
    }
    return value;
  }
}
