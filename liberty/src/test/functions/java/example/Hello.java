package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers an integration of either kind, as the Node.js one beside it does. */
public final class Hello implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Map<String, Object> told = new TreeMap<>();
    told.put("kind", "java");
    told.put("greeting", System.getenv("GREETING"));
    told.put("version", context.getFunctionVersion());
    told.put("arn", context.getInvokedFunctionArn());
    if (event.get("httpMethod") != null) {
      told.put("method", event.get("httpMethod"));
      told.put("path", event.get("path"));
      told.put("body", event.get("body"));
      return Map.of(
          "statusCode",
          201,
          "headers",
          Map.of("x-kind", "java"),
          "multiValueHeaders",
          Map.of("x-many", List.of("one", "two")),
          "body",
          json(told));
    }
    if (event.get("fail") != null) {
      throw new IllegalStateException("[404] there is no " + event.get("fail"));
    }
    told.put("who", event.get("who"));
    return told;
  }

  private static String json(Map<String, Object> told) {
    StringBuilder json = new StringBuilder();
    told.forEach(
        (name, value) ->
            json.append(json.isEmpty() ? "{" : ", ")
                .append('"')
                .append(name)
                .append("\": \"")
                .append(String.valueOf(value).replace("\"", "\\\""))
                .append('"'));
    return json.append('}').toString();
  }
}
