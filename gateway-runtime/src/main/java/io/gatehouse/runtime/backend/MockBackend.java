package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The MOCK integration: the request template gives a document with an integer {@code statusCode},
 * and that chooses the integration response. The key may be written without quotes (recorded:
 * mock-integration.json).
 */
public final class MockBackend implements Backend {

  private static final Pattern STATUS =
      Pattern.compile("[{,]\\s*[\"']?statusCode[\"']?\\s*:\\s*(\\d{3})\\s*[,}]");

  @Override
  public void call(Exchange x, BackendRequest request, Reply reply) {
    if (request.body() instanceof Body.Bytes document) {
      Matcher m = STATUS.matcher(new String(document.bytes(), StandardCharsets.UTF_8));
      if (m.find()) {
        reply.answer(
            new BackendResponse(Integer.parseInt(m.group(1)), new HeaderList(), Body.EMPTY));
        return;
      }
    }
    reply.fail(
        GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.MOCK_STATUS_MISSING));
  }
}
