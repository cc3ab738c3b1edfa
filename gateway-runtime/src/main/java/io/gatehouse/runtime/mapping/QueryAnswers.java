package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.xml.InvalidXml;
import io.gatehouse.runtime.xml.QueryXml;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The answers of services that speak the query protocol. The vendor's own give JSON where JSON is
 * accepted (recorded: sqs-integration.json); those that speak the same protocol in XML alone are
 * translated into that JSON, so that mappings see one answer. Where XML is accepted it passes.
 *
 * @param responses what becomes of the answer
 */
public record QueryAnswers(ResponseMapping responses) implements ResponseMapping {

  @Override
  public boolean wantsBody(Exchange x, BackendResponse answer) {
    return responses.wantsBody(x, answer);
  }

  @Override
  public Response map(Exchange x, BackendResponse answer) {
    if (answer.body() instanceof Body.Bytes(byte[] document)
        && document.length > 0
        && isXml(answer.headers().first("Content-Type"))
        && acceptsJson(x.backendRequest().headers().first("Accept"))) {
      try {
        BackendResponse inJson = inJson(x, answer, document);
        x.backendResponseInstead(inJson);
        return responses.map(x, inJson);
      } catch (InvalidXml e) {
        // What is no XML passes as it is, like any other answer that is not what it says.
        return responses.map(x, answer);
      }
    }
    return responses.map(x, answer);
  }

  private static BackendResponse inJson(Exchange x, BackendResponse answer, byte[] document)
      throws InvalidXml {
    Map<String, Object> root = QueryXml.parse(document, x.budget());
    // Recorded services wrap results in the name of their action, and errors in nothing.
    Object value = root.getOrDefault("ErrorResponse", root);
    byte[] json = Json.text(value, x.budget()).getBytes(StandardCharsets.UTF_8);
    HeaderList headers = new HeaderList();
    answer.headers().forEach(headers::add);
    headers.set("Content-Type", "application/json");
    headers.remove("Content-Length");
    return new BackendResponse(answer.status(), headers, new Body.Bytes(json));
  }

  private static boolean isXml(String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/xml") || type.startsWith("application/xml");
  }

  private static boolean acceptsJson(String accept) {
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("json");
  }
}
