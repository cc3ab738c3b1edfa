package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The MOCK integration: the request template gives a document with an integer {@code statusCode},
 * and that chooses the integration response. The key may be written without quotes (recorded:
 * mock-integration.json).
 */
public final class MockBackend implements Backend {

  /** No honest document comes near. */
  private static final long STEPS = 50_000;

  @Override
  public void call(Exchange x, BackendRequest request, Reply reply) {
    OptionalInt status =
        request.body() instanceof Body.Bytes(byte[] document)
            ? status(document)
            : OptionalInt.empty();
    if (status.isPresent()) {
      reply.answer(new BackendResponse(status.getAsInt(), new HeaderList(), Body.EMPTY));
    } else {
      reply.fail(
          GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.MOCK_STATUS_MISSING));
    }
  }

  private static OptionalInt status(byte[] document) {
    try {
      Object value =
          Json.parseLenient(new String(document, StandardCharsets.UTF_8), Budget.of(STEPS));
      return value instanceof Map<?, ?> members
              && members.get("statusCode") instanceof Integer status
          ? OptionalInt.of(status)
          : OptionalInt.empty();
    } catch (InvalidJson | BudgetExhausted e) {
      return OptionalInt.empty();
    }
  }
}
