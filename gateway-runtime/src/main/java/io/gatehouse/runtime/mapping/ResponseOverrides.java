package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.vtl.Overrides;
import java.util.List;

/**
 * What the templates have set in {@code $context.responseOverride}: it goes before what is mapped.
 */
record ResponseOverrides(Overrides overrides) {

  /** An informational status would be no answer: what follows it would be taken for one. */
  private static final int LOWEST = 200;

  /**
   * @param mapped the integration response's own
   */
  int status(int mapped) {
    int status =
        overrides == null
            ? mapped
            : overrides.responseStatus().map(ResponseOverrides::status).orElse(mapped);
    if (status < LOWEST) {
      throw GatewayException.of(
          ResponseType.API_CONFIGURATION_ERROR, Reason.RESPONSE_STATUS_INVALID);
    }
    return status;
  }

  private static int status(String text) {
    String digits = text.strip();
    if (digits.length() == 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int status = Integer.parseInt(digits);
      if (status >= LOWEST && status <= 599) {
        return status;
      }
    }
    throw invalid();
  }

  void setHeaders(HeaderList out) {
    if (overrides != null) {
      overrides.responseHeader().forEach((name, values) -> set(out, name, values));
    }
  }

  private static void set(HeaderList out, String name, List<String> values) {
    if (!FieldValue.isName(name) || !values.stream().allMatch(FieldValue::isValid)) {
      throw invalid();
    }
    String answered = HeaderRules.answered(name);
    if (HeaderRules.frames(answered)) {
      return; // the door alone says how an answer is framed
    }
    out.remove(answered);
    values.forEach(value -> out.add(answered, value));
  }

  private static GatewayException invalid() {
    return GatewayException.of(
        ResponseType.API_CONFIGURATION_ERROR, Reason.RESPONSE_OVERRIDE_INVALID);
  }
}
