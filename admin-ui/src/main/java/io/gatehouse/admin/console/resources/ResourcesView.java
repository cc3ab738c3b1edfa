package io.gatehouse.admin.console.resources;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.apis.ApiTabs;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.Verb;
import io.gatehouse.admin.console.resources.MethodProblems.Problem;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.stages.DeployDialog;
import io.gatehouse.admin.operations.Authorizers;
import io.gatehouse.admin.operations.CorsSettings;
import io.gatehouse.admin.operations.Resources;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.definition.CorsRules;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.GetAuthorizersRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesResponse;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** The paths and methods of an API as a tree, and one method as the way of a request. */
@CdiComponent
@Route(value = "apis/:apiId/resources/:resourceId?/:verb?", layout = MainLayout.class)
public class ResourcesView extends Page implements BeforeEnterObserver {

  /** Of one page of them. */
  private static final int MOST = 500;

  /** What the tree was made of; while it is the same, only the detail changes. */
  private record Shown(
      RestApi api, List<Resource> resources, Set<String> withCors, Set<String> authorizerIds) {}

  private final RestApis restApis;
  private final Resources resources;
  private final CorsSettings corsSettings;
  private final TestParts testParts;
  private final Authorizers authorizers;
  private final LambdaPermission lambdaPermission;
  private final ConsoleCaller console;
  private final Instance<DeployDialog> deployDialogs;
  private Location location = new Location("");
  private String apiId = "";
  private Optional<String> resourceId = Optional.empty();
  private Optional<String> verb = Optional.empty();
  private Optional<String> corsSaved = Optional.empty();
  private Optional<Shown> shown = Optional.empty();
  private ResourceTree treeOfPaths;
  private final Div place = new Div();

  @Inject
  public ResourcesView(
      RestApis restApis,
      Resources resources,
      CorsSettings corsSettings,
      TestParts testParts,
      Authorizers authorizers,
      LambdaPermission lambdaPermission,
      ConsoleCaller console,
      Instance<DeployDialog> deployDialogs) {
    this.restApis = restApis;
    this.resources = resources;
    this.corsSettings = corsSettings;
    this.testParts = testParts;
    this.authorizers = authorizers;
    this.lambdaPermission = lambdaPermission;
    this.console = console;
    this.deployDialogs = deployDialogs;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    apiId = event.getRouteParameters().get("apiId").orElseThrow();
    resourceId = event.getRouteParameters().get("resourceId");
    verb = event.getRouteParameters().get("verb");
    location = event.getLocation();
    addClassName("full");
    if (!show()) {
      event.rerouteToError(
          com.vaadin.flow.router.NotFoundException.class,
          "This API has no such method any more; it may have been deleted.");
    }
  }

  /**
   * @return whether there is what the address names
   */
  private boolean show() {
    RestApi api =
        restApis.getRestApi(console.caller(), GetRestApiRequest.builder().restApiId(apiId).build());
    Shown now =
        new Shown(
            api,
            allResources(),
            corsSettings.cors(console.caller(), apiId).keySet(),
            authorizerIds());
    PathTree tree = PathTree.of(now.resources());
    Optional<PathTree.Line> chosen = resourceId.flatMap(id -> tree.find(id, verb));
    if (resourceId.isPresent() && chosen.isEmpty()) {
      return false;
    }
    trail(api, chosen);
    if (!shown.equals(Optional.of(now))) {
      shown = Optional.of(now);
      build(now);
    }
    treeOfPaths.enter(location, chosen);
    place.removeAll();
    place.add(detail(chosen, tree, now.authorizerIds()));
    return true;
  }

  private Set<String> authorizerIds() {
    return authorizers
        .getAuthorizers(
            console.caller(), GetAuthorizersRequest.builder().restApiId(apiId).limit(MOST).build())
        .items()
        .stream()
        .map(Authorizer::id)
        .collect(Collectors.toSet());
  }

  private List<Resource> allResources() {
    List<Resource> all = new ArrayList<>();
    String position = null;
    do {
      GetResourcesResponse page =
          resources.getResources(
              console.caller(),
              GetResourcesRequest.builder()
                  .restApiId(apiId)
                  .limit(MOST)
                  .position(position)
                  .embed("methods")
                  .build());
      all.addAll(page.items());
      position = page.position();
    } while (position != null);
    return all;
  }

  private void build(Shown now) {
    RestApi api = now.api();
    Set<String> withCors = now.withCors();
    clear();
    Button deploy =
        new Button("Deploy…", click -> deployDialogs.get().open(api.id(), api.name(), () -> {}));
    deploy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    head(api.name(), "", corsButton(CorsRules.WHOLE_API, api.name()), deploy);
    add(new ApiTabs(apiId, ApiTabs.Section.RESOURCES));
    if (withCors.contains(CorsRules.WHOLE_API)) {
      String but = withCors.size() > 1 ? " Paths marked CORS have settings of their own." : "";
      add(new Note(Tone.INFO, "CORS is on for the whole API." + but));
    }
    treeOfPaths =
        new ResourceTree(
            now.resources(),
            line -> cell(line, now),
            line -> getUI().ifPresent(ui -> ui.navigate(address(api.id(), line))));
    Div split = new Div(treeOfPaths, place);
    split.addClassName("gh-split");
    add(split);
  }

  private void trail(RestApi api, Optional<PathTree.Line> chosen) {
    Crumb apis = new Crumb("APIs", Links.path("apis"));
    Crumb name = new Crumb(api.name(), Links.path("apis", api.id()));
    if (chosen.isEmpty()) {
      trail(apis, name, Crumb.here("Resources"));
    } else {
      trail(
          apis,
          name,
          new Crumb("Resources", Links.path("apis", api.id(), "resources")),
          Crumb.here(chosen.get().title()));
    }
  }

  private Button corsButton(String settingsOf, String what) {
    CorsPresenter presenter = new CorsPresenter(corsSettings, console::caller, apiId, settingsOf);
    Button button =
        new Button(
            "CORS…",
            click ->
                Asking.orShow(
                    () ->
                        new CorsDialog(
                                presenter,
                                what,
                                on -> {
                                  Toast.done("CORS of " + what + " is " + (on ? "on" : "off"));
                                  corsSaved = Optional.of(settingsOf);
                                  shown = Optional.empty();
                                  show();
                                })
                            .open()));
    button.setAriaLabel("CORS of " + what);
    // the button that was pressed is gone with the rest of the screen
    if (corsSaved.filter(settingsOf::equals).isPresent()) {
      corsSaved = Optional.empty();
      button.focus();
    }
    return button;
  }

  private static Component cell(PathTree.Line line, Shown now) {
    Anchor link = new Anchor(Links.ROOT + address(now.api().id(), line));
    if (line.verb().isPresent()) {
      link.add(new Verb(line.verb().get()));
    } else {
      // the text itself, since the tree takes a click on anything within a link for its own
      link.setText(line.label());
      link.addClassName("gh-mono");
    }
    Span cell = new Span(link);
    cell.addClassName("gh-tree-cell");
    if (line.verb().isEmpty() && now.withCors().contains(line.resourceId())) {
      cell.add(new Badge("CORS", Tone.PLAIN));
    }
    line.method()
        .ifPresent(
            method -> {
              if (Boolean.TRUE.equals(method.apiKeyRequired())) {
                cell.add(new Badge("API key", Tone.PLAIN));
              }
              if (method.authorizationType() != null
                  && !"NONE".equals(method.authorizationType())) {
                cell.add(new Badge(method.authorizationType(), Tone.INFO));
              }
              int problems = MethodProblems.of(method, line.path(), now.authorizerIds()).size();
              if (problems > 0) {
                cell.add(new Badge(MethodProblems.counted(problems), Tone.WARNING));
              }
            });
    return cell;
  }

  private static String address(String apiId, PathTree.Line line) {
    return line.verb().isPresent()
        ? Links.path("apis", apiId, "resources", line.resourceId(), line.verb().get())
        : Links.path("apis", apiId, "resources", line.resourceId());
  }

  private Component detail(
      Optional<PathTree.Line> chosen, PathTree tree, Set<String> authorizerIds) {
    if (chosen.isEmpty()) {
      return tree.size() <= 1
          ? new EmptyState(
              "Only the root so far",
              "An API begins with the root path. Import a document, or add paths and methods from"
                  + " your own tools.")
          : new EmptyState(
              "Choose a method",
              "You will see its way: what is asked of the client, what the backend is sent, and what"
                  + " comes back.");
    }
    PathTree.Line line = chosen.get();
    if (line.method().isEmpty()) {
      long methods = tree.children(line).stream().filter(one -> one.verb().isPresent()).count();
      return new EmptyState(
          line.path(),
          switch ((int) methods) {
            case 0 -> "This path has no methods of its own.";
            case 1 -> "This path has one method of its own. Choose it to see its way.";
            default ->
                "This path has " + methods + " methods of its own. Choose one to see its way.";
          },
          new Copyable(line.resourceId(), "resource id"),
          corsButton(line.resourceId(), line.path()));
    }
    Method method = line.method().get();
    Div title = new Div(new Verb(line.verb().orElseThrow()), path(line));
    title.addClassNames("gh-toolbar", "gh-method-title");
    TestedMethod tested = new TestedMethod(apiId, line.resourceId(), line.path(), method);
    boolean testing = MethodTabs.isTest(location);
    Component shown =
        testing ? testParts.tab(tested) : new MethodBoxes(method, problems(tested, authorizerIds));
    Div detail = new Div(title, new MethodTabs(address(apiId, line), testing), shown);
    detail.addClassName("gh-form");
    return detail;
  }

  private List<Problem> problems(TestedMethod tested, Set<String> authorizerIds) {
    List<Problem> problems =
        new ArrayList<>(MethodProblems.of(tested.method(), tested.path(), authorizerIds));
    lambdaPermission.problem(console.caller(), tested).ifPresent(problems::add);
    return problems;
  }

  private static H2 path(PathTree.Line line) {
    H2 heading = new H2();
    heading.add(new Code(line.path()));
    return heading;
  }
}
