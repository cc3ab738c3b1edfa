package io.gatehouse.admin.awsface;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.functions.FunctionCode;
import io.gatehouse.admin.operations.Turns;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where nodes fetch the archives of functions that they run. Who holds the node key of the
 * installation may; nobody else learns even whether there is such an archive.
 */
@WebServlet(name = "function code", urlPatterns = FunctionCodeServlet.PATH + "*")
public class FunctionCodeServlet extends HttpServlet {

  static final String PATH = "/internal/functions/code/";

  private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(FunctionCodeServlet.class.getName());
  private static final int MOST_AT_ONCE = 2;

  private final transient Turns turns = new Turns("downloads of code", MOST_AT_ONCE, MOST_AT_ONCE);
  @Inject private transient FunctionCode codes;
  @Inject private transient Settings settings;
  @Inject private transient InstantSource clock;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CodeRequest asked =
        new CodeRequest(
            request.getMethod(), request.getRequestURI(), request.getHeader(CodeRequest.NODE));
    if (!asked.isOfNode(settings.nodeKey(), clock.instant())) {
      LOG.log(Level.INFO, () -> "code was refused to " + request.getRemoteAddr());
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    try (Turns.Turn turn = turns.take("nodes")) {
      send(codes.archive(asked.account(), asked.sha256()), response);
    } catch (ApiError busy) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  private static void send(Optional<byte[]> archive, HttpServletResponse response)
      throws IOException {
    if (archive.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType("application/zip");
    response.setContentLength(archive.get().length);
    response.getOutputStream().write(archive.get());
  }
}
