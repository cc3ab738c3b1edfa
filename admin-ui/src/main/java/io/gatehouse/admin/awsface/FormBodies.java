package io.gatehouse.admin.awsface;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the bytes of signed forms. The container's sign-in mechanism looks at the parameters of
 * every request, which would use up a form's body before the door could check its hash; a listener
 * is the only thing of ours that runs earlier.
 */
@WebListener
public class FormBodies implements ServletRequestListener {

  private static final Logger LOG = Logger.getLogger(FormBodies.class.getName());
  private static final String KEPT = FormBodies.class.getName();

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    if (event.getServletRequest() instanceof HttpServletRequest request && isSignedForm(request)) {
      try {
        byte[] body = request.getInputStream().readNBytes(Bodies.LARGEST + 1);
        request.setAttribute(KEPT, body);
      } catch (IOException e) {
        // The door finds the body unreadable as well, and answers that.
        LOG.log(Level.FINE, "the form broke off", e);
      }
    }
  }

  /** The body's bytes, wherever they are by now. */
  static InputStream body(HttpServletRequest request) throws IOException {
    return request.getAttribute(KEPT) instanceof byte[] kept
        ? new ByteArrayInputStream(kept)
        : request.getInputStream();
  }

  private static boolean isSignedForm(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    String type = request.getContentType();
    return authorization != null
        && authorization.startsWith("AWS4-")
        && type != null
        && type.startsWith(Incoming.FORM);
  }
}
