package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The models of one API, each compiled once and only if a method asks for it or for one that refers
 * to it. Used by one thread while a stage is compiled.
 */
public final class Models {

  private final Map<String, String> schemas;
  private final Documents documents;
  private final Patterns patterns;
  private final Budget budget;
  private final Map<String, SchemaCompiler> compiled = new HashMap<>();
  private final Map<String, InvalidSchema> invalid = new HashMap<>();

  /**
   * @param schemas the text of each model's schema by the model's name
   * @param budget what compiling all of them may cost
   */
  public Models(
      Map<String, String> schemas, Documents documents, Patterns patterns, Budget budget) {
    this.schemas = Map.copyOf(schemas);
    this.documents = documents;
    this.patterns = patterns;
    this.budget = budget;
  }

  /**
   * @throws InvalidSchema when the model, or one that it refers to, cannot be used
   */
  public SchemaCheck check(String model) throws InvalidSchema {
    Set<String> reachable = new LinkedHashSet<>(Set.of(model));
    Deque<String> open = new ArrayDeque<>(reachable);
    while (!open.isEmpty()) {
      for (String next : compiled(open.remove()).references()) {
        if (reachable.add(next)) {
          open.add(next);
        }
      }
    }
    for (String name : reachable) {
      compiled.get(name).link(compiled);
    }
    return new SchemaCheck(compiled.get(model).root());
  }

  private SchemaCompiler compiled(String model) throws InvalidSchema {
    if (invalid.containsKey(model)) {
      throw invalid.get(model);
    }
    SchemaCompiler known = compiled.get(model);
    if (known != null) {
      return known;
    }
    try {
      SchemaCompiler compiler = new SchemaCompiler(model, patterns, budget);
      compiler.compile(read(model));
      compiled.put(model, compiler);
      return compiler;
    } catch (InvalidSchema e) {
      invalid.put(model, e);
      throw e;
    }
  }

  private Object read(String model) throws InvalidSchema {
    String text = schemas.get(model);
    if (text == null) {
      throw new InvalidSchema("there is no model " + model);
    }
    try {
      return documents.read(text, budget);
    } catch (Documents.NotJson e) {
      throw new InvalidSchema("the schema of model " + model + " is not JSON: " + e.getMessage());
    } catch (BudgetExhausted e) {
      throw SchemaCompiler.tooCostly(model);
    }
  }
}
