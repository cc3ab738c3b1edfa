package io.gatehouse.admin.console.signin;

import io.gatehouse.admin.guard.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * Ends the session here and, by the redirect that the container makes of it, the one at Keycloak.
 */
@WebServlet("/logout")
public class SignOutServlet extends HttpServlet {

  @Inject private transient ConsoleCaller console;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getUserPrincipal() == null) {
      response.sendRedirect("/console/");
      return;
    }
    HttpSession session = request.getSession();
    try {
      console.signOut(session, new Caller.Origin(request.getRemoteAddr(), request.isSecure()));
    } finally {
      request.logout();
      session.invalidate();
    }
  }
}
