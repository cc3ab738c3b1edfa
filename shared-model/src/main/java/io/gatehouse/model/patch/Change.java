package io.gatehouse.model.patch;

import io.gatehouse.model.wire.ApiError;
import java.math.BigDecimal;
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

  private static final int LONGEST_NUMBER = 40;

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

  /** Anything but "true" reads as false; recorded for "whatever" and for no value at all. */
  public boolean isTrue() {
    return value.equalsIgnoreCase("true");
  }

  /**
   * The value as a whole number; tools send "200.000000" where one is due.
   *
   * @throws ApiError bad request, when it is none
   */
  public int wholeNumber() {
    try {
      return decimal().intValueExact();
    } catch (ArithmeticException e) {
      throw notANumber("a whole number");
    }
  }

  /**
   * The value as a finite number.
   *
   * @throws ApiError bad request, when it is none
   */
  public double number() {
    return decimal().doubleValue();
  }

  private BigDecimal decimal() {
    String text = value.strip();
    try {
      if (text.length() > LONGEST_NUMBER) {
        throw notANumber("a number");
      }
      BigDecimal number = new BigDecimal(text);
      if (!Double.isFinite(number.doubleValue())) {
        throw notANumber("a number");
      }
      return number;
    } catch (NumberFormatException e) {
      throw notANumber("a number");
    }
  }

  private ApiError notANumber(String wanted) {
    String shown = value.length() > 80 ? value.substring(0, 80) + "..." : value;
    return ApiError.badRequest(
        "Invalid value '%s' for patch path %s. Must be %s".formatted(shown, path, wanted));
  }
}
