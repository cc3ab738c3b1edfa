package io.gatehouse.runtime.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.TreeMap;

/** A function in Java, packed by the tests. */
public final class JavaSample implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private int count;

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    context.getLogger().log("java was here\n");
    if (event.containsKey("fail")) {
      throw new IllegalArgumentException("as asked");
    }
    Map<String, Object> answer = new TreeMap<>();
    answer.put("event", event);
    answer.put("count", ++count);
    answer.put("function", context.getFunctionName());
    answer.put("request", context.getAwsRequestId());
    answer.put("left", context.getRemainingTimeInMillis() > 0);
    return answer;
  }

  /** Of the kind that is named in the handler. */
  public String greet(String name) {
    return "hello " + name;
  }
}
