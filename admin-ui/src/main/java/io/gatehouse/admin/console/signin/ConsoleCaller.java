package io.gatehouse.admin.console.signin;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WebBrowser;
import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the caller of an operation from the signed-in person and the tenant chosen in this browser
 * tab. Two tabs may be in two tenants: what a tab shows is what it acts on.
 */
@ApplicationScoped
public class ConsoleCaller {

  /** Stands for no tenant: an operator who has entered none yet. */
  public static final String NO_ACCOUNT = Caller.PLATFORM_ACCOUNT;

  private static final String CHOSEN = "gatehouse.account";

  private final String region;

  /** For the container's proxies. */
  protected ConsoleCaller() {
    this("");
  }

  @Inject
  public ConsoleCaller(Settings settings) {
    this(settings.region());
  }

  public ConsoleCaller(String region) {
    this.region = region;
  }

  /** Who is signed in; only to be asked within a request of the console. */
  public Person person() {
    Object person = VaadinSession.getCurrent().getSession().getAttribute(ConsoleServlet.PERSON);
    if (person instanceof Person signedIn) {
      return signedIn;
    }
    throw new IllegalStateException("Nobody is signed in, though the console is being served");
  }

  /** The caller of operations in the tenant of this tab. */
  public Caller caller() {
    return callerIn(account().orElse(NO_ACCOUNT));
  }

  /** The caller of operations in any tenant, with the roles that the person has there. */
  public Caller callerIn(String account) {
    Person person = person();
    return new Caller(
        account,
        region,
        person.userName(),
        person.rolesIn(account),
        Caller.Door.CONSOLE,
        origin(),
        Optional.empty());
  }

  /** Of the request that is being served, or else, when the server acts on its own, of the tab. */
  private static Caller.Origin origin() {
    VaadinRequest request = VaadinRequest.getCurrent();
    WebBrowser browser = VaadinSession.getCurrent().getBrowser();
    return request == null
        ? new Caller.Origin(
            Objects.toString(browser.getAddress(), ""), browser.isSecureConnection())
        : new Caller.Origin(request.getRemoteAddr(), request.isSecure());
  }

  public String region() {
    return region;
  }

  /** The tenant of this tab; a new tab begins in the one chosen last. */
  public Optional<String> account() {
    Person person = person();
    Object ofTab = ComponentUtil.getData(UI.getCurrent(), CHOSEN);
    if (ofTab instanceof String account && person.mayEnter(account)) {
      return Optional.of(account);
    }
    Object last = VaadinSession.getCurrent().getAttribute(CHOSEN);
    if (last instanceof String account && person.mayEnter(account)) {
      return Optional.of(account);
    }
    return person.accounts().stream().findFirst();
  }

  /** Enters a tenant; does nothing where the person may not. */
  public boolean choose(String account) {
    if (!person().mayEnter(account)) {
      return false;
    }
    ComponentUtil.setData(UI.getCurrent(), CHOSEN, account);
    VaadinSession.getCurrent().setAttribute(CHOSEN, account);
    return true;
  }
}
