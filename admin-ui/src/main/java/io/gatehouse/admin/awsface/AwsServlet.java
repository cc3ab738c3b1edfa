package io.gatehouse.admin.awsface;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.AccessKeys;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Failures;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.operations.BackendAccess;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The management API on the server: everything that no other servlet is mapped to. Only the raw URI
 * is read, for decoded paths have lost what a label may hold.
 */
@WebServlet(name = "management API", urlPatterns = "/*", loadOnStartup = 1)
public class AwsServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Inject @Any private transient Instance<Operations> operations;
  @Inject private transient BackendAccess backendAccess;
  @Inject private transient AccessKeys accessKeys;
  @Inject private transient Failures failures;
  @Inject private transient Settings settings;
  @Inject private transient InstantSource clock;
  @Inject private transient SecureRandom random;
  private transient AwsDoor door;

  @Override
  public void init() {
    Map<Class<?>, Object> beans = new HashMap<>();
    for (Instance.Handle<Operations> handle : operations.handles()) {
      beans.put(handle.getBean().getBeanClass(), handle.get());
    }
    OperationTable table = OperationTable.of(beans);
    log("Management API: " + table.size() + " operations");
    Map<String, OwnService> ownServices =
        Map.of(BackendAccessApi.SERVICE, new BackendAccessApi(backendAccess));
    door = new AwsDoor(table, ownServices, accessKeys, failures, settings.region(), clock, random);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isPersonAtTheDoor(request)) {
      response.sendRedirect(settings.consoleUrl());
      return;
    }
    Answer answer =
        door.answer(
            new Incoming(
                request.getMethod(),
                request.getRequestURI(),
                request.getQueryString() == null ? "" : request.getQueryString(),
                headers(request),
                most -> read(request, most),
                new Caller.Origin(request.getRemoteAddr(), request.isSecure())));
    forgetNewSession(request, response);
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  /** What tells its length is read into its place, so that large files are not copied. */
  private static byte[] read(HttpServletRequest request, int most) throws IOException {
    InputStream body = FormBodies.body(request);
    long told = request.getContentLengthLong();
    if (told < 0 || told > most) {
      return body.readNBytes(most);
    }
    byte[] bytes = new byte[(int) told];
    int read = body.readNBytes(bytes, 0, bytes.length);
    return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
  }

  /** The sign-in mechanism begins one for every request; programs never come back for theirs. */
  private static void forgetNewSession(HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession(false);
    if (session != null && session.isNew()) {
      session.invalidate();
      // Nothing else is in the answer yet, only the cookie that named the session.
      response.reset();
    }
  }

  /** Somebody typed the server's address into a browser. */
  private static boolean isPersonAtTheDoor(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return request.getMethod().equals("GET")
        && request.getRequestURI().equals("/")
        && request.getHeader("Authorization") == null
        && accept != null
        && accept.contains("text/html");
  }

  private static Map<String, List<String>> headers(HttpServletRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    return headers;
  }
}
