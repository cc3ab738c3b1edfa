package io.gatehouse.admin.console.signin;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WebBrowser;
import com.vaadin.flow.server.WrappedSession;
import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Guard;
import io.gatehouse.admin.operations.Impersonations;
import io.gatehouse.admin.operations.Impersonations.Impersonation;
import io.gatehouse.admin.tenants.PeopleDirectory;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpSession;
import java.time.InstantSource;
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
  private static final String IMPERSONATION = "gatehouse.impersonation";

  private String region;
  private PeopleDirectory people;
  private Impersonations impersonations;
  private Guard guard;
  private InstantSource clock;

  /** For the container's proxies. */
  protected ConsoleCaller() {}

  @Inject
  public ConsoleCaller(
      Settings settings,
      PeopleDirectory people,
      Impersonations impersonations,
      Guard guard,
      InstantSource clock) {
    this.region = settings.region();
    this.people = people;
    this.impersonations = impersonations;
    this.guard = guard;
    this.clock = clock;
  }

  /** Who is signed in, with the groups of now; only to be asked within a request of the console. */
  public Person person() {
    return membership().person(clock.instant(), people::groupsOf);
  }

  /** The same; empty while the sign-in service cannot say. */
  public Optional<Person> confirmed() {
    try {
      return Optional.of(person());
    } catch (ApiError unknown) {
      return Optional.empty();
    }
  }

  /** Who is signed in, for the name on the screen. */
  public Person lastKnown() {
    return membership().lastKnown();
  }

  private static Membership membership() {
    if (session().getAttribute(ConsoleServlet.PERSON) instanceof Membership membership) {
      return membership;
    }
    throw new IllegalStateException("Nobody is signed in, though the console is being served");
  }

  private static WrappedSession session() {
    return VaadinSession.getCurrent().getSession();
  }

  /** The caller of operations in the tenant of this tab. */
  public Caller caller() {
    return callerIn(account().orElse(NO_ACCOUNT));
  }

  /** The caller of operations in any tenant, with what the person may do there. */
  public Caller callerIn(String account) {
    return standing().in(account, region, origin(), clock.instant());
  }

  /** The caller of what is about the platform and no tenant. */
  public Caller platformCaller() {
    return standing().onPlatform(region, origin());
  }

  private Standing standing() {
    return new Standing(person(), begun());
  }

  /** Whether the person may do things of this level in the tenant of this tab. */
  public boolean may(AccessLevel level) {
    Caller caller = level == AccessLevel.OPERATE ? platformCaller() : caller();
    return guard.mayPerson(caller, level);
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

  /**
   * The tenant of this tab; a new tab begins in the one chosen last. A tab stays in its tenant when
   * the person may no longer enter it: another one would not be what it shows.
   */
  public Optional<String> account() {
    if (ComponentUtil.getData(UI.getCurrent(), CHOSEN) instanceof String account) {
      return Optional.of(account);
    }
    if (VaadinSession.getCurrent().getAttribute(CHOSEN) instanceof String account
        && mayEnter(account)) {
      return Optional.of(account);
    }
    return person().accounts().stream().findFirst();
  }

  /** Whether the person is in the tenant: as a member, or in the tenant's place. */
  public boolean mayEnter(String account) {
    return standing().mayEnter(account, clock.instant());
  }

  /** Enters a tenant; does nothing where the person may not. */
  public boolean choose(String account) {
    if (!mayEnter(account)) {
      return false;
    }
    ComponentUtil.setData(UI.getCurrent(), CHOSEN, account);
    VaadinSession.getCurrent().setAttribute(CHOSEN, account);
    return true;
  }

  /** Forgets the tenant of this tab, in which the person has no more business. */
  public void leave() {
    ComponentUtil.setData(UI.getCurrent(), CHOSEN, null);
    VaadinSession.getCurrent().setAttribute(CHOSEN, null);
  }

  /** What this session's operator is in the place of; one whose hour is over is ended here. */
  public Optional<Impersonation> impersonation() {
    Optional<Impersonation> begun = begun();
    if (begun.filter(one -> one.isOver(clock.instant())).isPresent()) {
      endImpersonation();
      return Optional.empty();
    }
    return begun;
  }

  private static Optional<Impersonation> begun() {
    return session().getAttribute(IMPERSONATION) instanceof Impersonation begun
        ? Optional.of(begun)
        : Optional.empty();
  }

  /** Puts an operator in the place of a tenant, and ends what was before. */
  public void beginImpersonation(String account, String reason) {
    endImpersonation();
    session()
        .setAttribute(
            IMPERSONATION, impersonations.beginImpersonation(platformCaller(), account, reason));
  }

  /** Does nothing when there is none. */
  public void endImpersonation() {
    Optional<Impersonation> begun = begun();
    session().removeAttribute(IMPERSONATION);
    end(begun, origin());
  }

  /** Whoever signs out is in nobody's place any more. */
  void signOut(HttpSession session, Caller.Origin origin) {
    Object begun = session.getAttribute(IMPERSONATION);
    session.removeAttribute(IMPERSONATION);
    end(begun instanceof Impersonation one ? Optional.of(one) : Optional.empty(), origin);
  }

  private void end(Optional<Impersonation> begun, Caller.Origin origin) {
    begun.ifPresent(
        one ->
            impersonations.endImpersonation(
                Standing.operator(one.operator(), region, origin), one));
  }
}
