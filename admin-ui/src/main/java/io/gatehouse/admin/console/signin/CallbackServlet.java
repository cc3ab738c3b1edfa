package io.gatehouse.admin.console.signin;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Where the sign-in service sends the browser back to; goes on to what was wanted before. */
@WebServlet("/callback")
public class CallbackServlet extends HttpServlet {

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession();
    // a person who signs in anew brings new groups
    session.removeAttribute(ConsoleServlet.PERSON);
    Object wanted = session.getAttribute(ConsoleServlet.WANTED);
    session.removeAttribute(ConsoleServlet.WANTED);
    response.sendRedirect(
        wanted instanceof String path && path.startsWith("/console") ? path : "/console/");
  }
}
