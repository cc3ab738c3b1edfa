package io.gatehouse.admin.console.signin;

import com.vaadin.cdi.CdiVaadinServlet;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * The console's own servlet: nothing but the theme's files is served to a browser that has not
 * signed in. A navigation is sent to sign-in and comes back to where it wanted to go; a background
 * request of an open page is told in Vaadin's way that the session is over, on which the page
 * reloads and so comes to sign-in too. A redirect would only show it as "connection lost".
 */
@WebServlet(urlPatterns = "/console/*", name = "console", asyncSupported = true, loadOnStartup = 1)
public class ConsoleServlet extends CdiVaadinServlet {

  static final String PERSON = "gatehouse.person";
  static final String WANTED = "gatehouse.wanted";

  private static final String VAADIN_REQUEST = "v-r";
  private static final String SESSION_OVER = "for(;;);[{\"meta\":{\"sessionExpired\":true}}]";

  @Inject private SecurityContext security;
  @Inject private SignIn signIn;
  @Inject private InstantSource clock;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (isThemeFile(request)) {
      super.service(request, response);
      return;
    }
    if (security.getCallerPrincipal() != null) {
      HttpSession session = request.getSession();
      if (session.getAttribute(PERSON) == null) {
        session.setAttribute(PERSON, new Membership(signIn.person(), clock.instant()));
      }
      super.service(request, response);
      return;
    }
    if (isBackground(request)) {
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType("application/json");
      response.getOutputStream().write(SESSION_OVER.getBytes(StandardCharsets.UTF_8));
      return;
    }
    askToSignIn(request, response);
  }

  private void askToSignIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String origin = request.getScheme() + "://" + request.getHeader("Host");
    if (!origin.equals(signIn.origin())) {
      // The sign-in service returns to one address only, and the cookies must be that one's.
      response.sendRedirect(signIn.origin() + pathAndQuery(request));
      return;
    }
    request.getSession().setAttribute(WANTED, pathAndQuery(request));
    security.authenticate(
        request, response, AuthenticationParameters.withParams().newAuthentication(true));
  }

  private static String pathAndQuery(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static boolean isBackground(HttpServletRequest request) {
    return request.getParameter(VAADIN_REQUEST) != null
        || !"GET".equals(request.getMethod())
        || String.valueOf(request.getPathInfo()).startsWith("/VAADIN/");
  }

  private static boolean isThemeFile(HttpServletRequest request) {
    String path = String.valueOf(request.getPathInfo());
    return "GET".equals(request.getMethod())
        && path.startsWith("/theme/")
        && !path.contains("..")
        && request.getParameter(VAADIN_REQUEST) == null;
  }
}
