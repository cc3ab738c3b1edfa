package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.RequestCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request validator checks of a method: that its required parameters are there and that its
 * body fits its model.
 */
public final class ModelledRequest implements RequestCheck {

  private static final byte[] NO_BODY = new byte[0];

  private final ParameterCheck parameters;
  private final BodyCheck body;

  private ModelledRequest(ParameterCheck parameters, BodyCheck body) {
    this.parameters = parameters;
    this.body = body;
  }

  /**
   * @param requestParameters of the method, those that are true being required; empty when the
   *     validator does not check parameters
   * @param requestModels of the method, names of models by content type; empty when the validator
   *     does not check bodies
   * @throws InvalidSchema when a model cannot be used
   */
  public static ModelledRequest compile(
      Map<String, Boolean> requestParameters,
      Map<String, String> requestModels,
      Models models,
      Documents documents)
      throws InvalidSchema {
    List<String> required =
        requestParameters.entrySet().stream()
            .filter(parameter -> Boolean.TRUE.equals(parameter.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    Map<String, SchemaCheck> byContentType = new HashMap<>();
    for (Map.Entry<String, String> model : requestModels.entrySet()) {
      byContentType.put(model.getKey(), models.check(model.getValue()));
    }
    return new ModelledRequest(
        new ParameterCheck(required), new BodyCheck(byContentType, documents));
  }

  @Override
  public void parameters(Exchange x) {
    parameters.check(x);
  }

  @Override
  public boolean wantsBody() {
    return body.wantsBody();
  }

  @Override
  public void body(Exchange x) {
    if (wantsBody()) {
      byte[] bytes = x.request().body() instanceof Body.Bytes(byte[] given) ? given : NO_BODY;
      body.check(x, bytes, x.budget());
    }
  }
}
