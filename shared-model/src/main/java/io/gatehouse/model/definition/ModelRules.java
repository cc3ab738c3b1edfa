package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.Model;

/**
 * The schemas of bodies that methods name. Imitates the Model pages of the API reference; the texts
 * are the recorded ones.
 */
public final class ModelRules {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+");
  private static final int LONGEST_NAME = 255;

  /** The vendor tells no bound; each edit of an API writes them all, so there is one. */
  private static final int MOST_MODELS = 1000;

  private static final int MOST_CHARACTERS = 10 << 20;

  private ModelRules() {}

  /**
   * @throws ApiError not found, when there is no such model
   */
  public static Model get(ApiDefinition api, String name) {
    return Optional.ofNullable(api.models().get(name)).orElseThrow(() -> unknown(name));
  }

  /** What the vendor says of an unknown model, and of an unknown API that would hold it. */
  public static ApiError unknown(String name) {
    return ApiError.notFound("Invalid model name specified: " + name);
  }

  /** As they are listed: by name. */
  public static List<Model> sorted(ApiDefinition api) {
    return api.models().values().stream().sorted(Comparator.comparing(Model::name)).toList();
  }

  /**
   * @param wanted with the id that was drawn for it
   */
  public static ApiDefinition create(ApiDefinition api, Model wanted) {
    checkName(wanted.name());
    Model model = checked(api, wanted);
    if (api.models().containsKey(wanted.name())) {
      throw ApiError.conflict("Model name already exists for this REST API");
    }
    return with(api, model);
  }

  public static ApiDefinition update(ApiDefinition api, String name, UnaryOperator<Model> change) {
    return with(api, checked(api, change.apply(get(api, name))));
  }

  /**
   * @throws ApiError conflict, naming a method or model that refers to it
   */
  public static ApiDefinition delete(ApiDefinition api, String name) {
    get(api, name);
    Uses.refuseModel(api, name);
    Map<String, Model> rest = new LinkedHashMap<>(api.models());
    rest.remove(name);
    return api.withModels(rest);
  }

  /** The model with all that its schema refers to in other models drawn into it. */
  public static Model flattened(ApiDefinition api, String name) {
    Model model = get(api, name);
    return FlatSchema.of(api, model)
        .map(flat -> model.toBuilder().schema(flat).build())
        .orElse(model);
  }

  /** A sample mapping template that renders the structure of the model. */
  public static String template(ApiDefinition api, String name) {
    return ModelTemplate.of(flattened(api, name).schema());
  }

  private static void checkName(String name) {
    if (name.isEmpty()) {
      throw ApiError.badRequest("Model name must be non-empty");
    }
    Shapes.checkLength("Model name", name, LONGEST_NAME);
    if (!NAME.matcher(name).matches()) {
      throw ApiError.badRequest("Model name must be alphanumeric: " + name);
    }
  }

  private static Model checked(ApiDefinition api, Model wanted) {
    if (Shapes.text(wanted.contentType()) == null) {
      throw ApiError.badRequest("Model content type must be non-empty");
    }
    Shapes.checkLength("Model content type", wanted.contentType(), LONGEST_NAME);
    Shapes.checkDescription(wanted.description());
    ModelSchema.check(api, wanted);
    return wanted.toBuilder().description(Shapes.text(wanted.description())).build();
  }

  private static ApiDefinition with(ApiDefinition api, Model model) {
    Map<String, Model> models = new LinkedHashMap<>(api.models());
    models.put(model.name(), model);
    if (models.size() > MOST_MODELS) {
      throw Shapes.tooMany("Models", MOST_MODELS);
    }
    if (models.values().stream().mapToInt(m -> m.schema().length()).sum() > MOST_CHARACTERS) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "The schemas of all models of an API may hold at most "
              + MOST_CHARACTERS
              + " characters");
    }
    return api.withModels(models);
  }
}
