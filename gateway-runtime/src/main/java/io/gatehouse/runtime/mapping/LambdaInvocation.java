package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;

/**
 * How a Lambda function is invoked over HTTP, with what the vendor's gateway says of itself
 * (recorded: test-invoke.json).
 *
 * @param uri of the function's invocations; the ARN in it as it is
 * @param callersVerb whether the integration's verb is the caller's
 * @param byPolicy whether the function's own policy has to allow it, as there are no credentials
 */
public record LambdaInvocation(String uri, boolean callersVerb, boolean byPolicy) {

  /** The only verb that Invoke has. */
  public static final String VERB = "POST";

  public static LambdaInvocation of(String functionArn, boolean callersVerb, boolean byPolicy) {
    return new LambdaInvocation(
        "/2015-03-31/functions/" + functionArn + "/invocations", callersVerb, byPolicy);
  }

  /** What is wrong with an integration that invokes with another verb. */
  public static GatewayException wrongVerb() {
    return GatewayException.of(
        ResponseType.INTEGRATION_FAILURE, 500, "Internal server error", Reason.LAMBDA_VERB);
  }

  /** An invocation with nothing of the caller's about it but the event. */
  public BackendRequest of(Exchange x, byte[] event) {
    return request(x, "", headers(x), new Body.Bytes(event));
  }

  /** What every invocation carries. */
  HeaderList headers(Exchange x) {
    HeaderList out = new HeaderList();
    out.add("x-amzn-lambda-integration-tag", x.id());
    out.add("x-amzn-apigateway-api-id", x.stage().apiId());
    if (byPolicy) {
      out.add("X-Amz-Source-Arn", x.sourceArn());
    }
    out.add("Accept", "application/json");
    out.add("User-Agent", "AmazonAPIGateway_" + x.stage().apiId());
    out.add("X-Amzn-Trace-Id", x.traceId());
    out.add("Content-Type", "application/json");
    return out;
  }

  /**
   * @param query raw, empty for none
   */
  BackendRequest request(Exchange x, String query, HeaderList headers, Body payload) {
    if (callersVerb && !x.request().method().equals(VERB)) {
      throw wrongVerb();
    }
    return new BackendRequest(
        VERB, query.isEmpty() ? uri : uri + "?" + query, headers, payload, null);
  }
}
