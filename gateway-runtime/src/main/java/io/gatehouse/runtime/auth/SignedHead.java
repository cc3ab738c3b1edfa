package io.gatehouse.runtime.auth;

import io.gatehouse.model.aws.HttpHead;
import io.gatehouse.runtime.exchange.Request;
import java.util.List;
import java.util.function.Consumer;

/** A caller's request as its signature sees it. */
record SignedHead(Request request) implements HttpHead {

  private static final String HOST = "host";

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String rawPath() {
    return request.path();
  }

  @Override
  public String rawQuery() {
    return request.query();
  }

  @Override
  public List<String> values(String header) {
    // In HTTP/2 it is no header.
    return header.equalsIgnoreCase(HOST) ? List.of(request.host()) : request.headers().all(header);
  }

  @Override
  public void eachName(Consumer<String> name) {
    request.headers().forEach((each, value) -> name.accept(each));
  }
}
