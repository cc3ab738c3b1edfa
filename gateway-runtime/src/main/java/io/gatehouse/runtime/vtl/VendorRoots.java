package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.JsonPath;
import io.gatehouse.runtime.vtl.Literals.TemplateList;
import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.util.List;
import java.util.Map;

/** What {@code $input}, {@code $context} and {@code $stageVariables} have and can do. */
final class VendorRoots {

  private VendorRoots() {}

  static Object property(Root root, String name, Rendering r) {
    return switch (root) {
      case INPUT -> name.equals("body") ? r.scope.input().body() : null;
      case UTIL -> null;
      case CONTEXT -> context(name, r);
      case STAGE_VARIABLES -> Members.orNothing(r.scope.stageVariables().get(name));
      case REQUEST_OVERRIDE -> requestOverride(name, r);
      case RESPONSE_OVERRIDE -> responseOverride(name, r);
    };
  }

  private static Object context(String name, Rendering r) {
    return switch (name) {
      case "requestOverride" -> Root.REQUEST_OVERRIDE;
      case "responseOverride" -> Root.RESPONSE_OVERRIDE;
      default -> Members.orNothing(r.scope.context().fact(name));
    };
  }

  private static Object requestOverride(String name, Rendering r) {
    return switch (name) {
      case "header" -> new OverrideMap(r.scope.overrides().requestHeader());
      case "querystring" -> new OverrideMap(r.scope.overrides().requestQuerystring());
      case "path" -> new OverrideMap(r.scope.overrides().requestPath());
      default -> Nothing.NOTHING;
    };
  }

  private static Object responseOverride(String name, Rendering r) {
    return switch (name) {
      case "header" -> new OverrideMap(r.scope.overrides().responseHeader());
      case "status" ->
          r.scope.overrides().responseStatus().<Object>map(s -> s).orElse(Nothing.NOTHING);
      default -> Nothing.NOTHING;
    };
  }

  /** Of the vendor's objects only the status of the response can be set by itself. */
  static void assign(Root root, Object key, Object value, Rendering r) {
    if (root == Root.RESPONSE_OVERRIDE && "status".equals(key)) {
      r.scope.overrides().responseStatus(Printer.text(value, r));
    }
  }

  static Object call(Root root, String name, Object[] arguments, Rendering r) {
    return switch (root) {
      case INPUT -> input(name, arguments, r);
      case UTIL -> VendorFunctions.call(name, arguments, r);
      default -> map(root, name, arguments, r);
    };
  }

  private static Object input(String name, Object[] arguments, Rendering r) {
    if (name.equals("params") && arguments.length == 0) {
      return r.params();
    }
    if (arguments.length != 1) {
      return null;
    }
    return switch (name) {
      case "params" -> {
        String found = r.scope.input().parameter(Printer.text(arguments[0], r));
        yield found == null ? "" : found;
      }
      case "json" -> json(r.path(Printer.text(arguments[0], r)), r);
      case "path" -> path(r.path(Printer.text(arguments[0], r)), r);
      default -> null;
    };
  }

  /** What the path leads to as JSON text; a path that leads nowhere gives an empty JSON string. */
  static String json(JsonPath path, Rendering r) {
    Object found = path.find(document(r), r.budget);
    return found == JsonPath.MISSING ? "\"\"" : Printer.json(found, r);
  }

  /** What the path leads to as a value that can be navigated. */
  static Object path(JsonPath path, Rendering r) {
    Object found = path.find(document(r), r.budget);
    return found == JsonPath.MISSING || found == null ? Nothing.NOTHING : found;
  }

  private static Object document(Rendering r) {
    try {
      return r.scope.input().json(r.budget);
    } catch (InvalidJson e) {
      throw r.failure(Kind.BODY_NOT_JSON, "The body is no JSON: " + e.getMessage());
    }
  }

  private static Object map(Root root, String name, Object[] arguments, Rendering r) {
    List<?> names = names(root, r);
    if (arguments.length == 0) {
      return switch (name) {
        case "keySet" -> TemplateLists.of(names, r);
        case "size" -> names.size();
        case "isEmpty" -> names.isEmpty();
        case "values" ->
            TemplateLists.of(names.stream().map(n -> property(root, (String) n, r)).toList(), r);
        case "entrySet" ->
            TemplateLists.of(
                names.stream().map(n -> Map.entry(n, property(root, (String) n, r))).toList(), r);
        case "toString" -> "";
        default -> null;
      };
    }
    String key = Printer.text(arguments[0], r);
    return switch (name) {
      case "get" -> arguments.length == 1 ? property(root, key, r) : null;
      case "containsKey" -> arguments.length == 1 ? (Object) names.contains(key) : null;
      case "getOrDefault" ->
          arguments.length == 2
              ? names.contains(key) ? property(root, key, r) : arguments[1]
              : null;
      case "put" -> {
        if (arguments.length == 2) {
          assign(root, key, arguments[1], r);
        }
        yield Nothing.NOTHING;
      }
      default -> null;
    };
  }

  private static List<?> names(Root root, Rendering r) {
    return switch (root) {
      case CONTEXT -> contextNames(r);
      case STAGE_VARIABLES -> List.copyOf(r.scope.stageVariables().keySet());
      case REQUEST_OVERRIDE -> List.of("path", "header", "querystring");
      case RESPONSE_OVERRIDE ->
          r.scope.overrides().responseStatus().isPresent()
              ? List.of("header", "status")
              : List.of("header");
      case INPUT, UTIL -> List.of();
    };
  }

  private static List<Object> contextNames(Rendering r) {
    List<Object> names = new TemplateList(20);
    names.addAll(r.scope.context().names());
    for (String override : List.of("requestOverride", "responseOverride")) {
      if (!names.contains(override)) {
        names.add(override);
      }
    }
    return names;
  }
}
