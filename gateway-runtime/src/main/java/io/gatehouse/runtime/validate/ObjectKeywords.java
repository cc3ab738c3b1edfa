package io.gatehouse.runtime.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The keywords of draft 4 that are about objects; other values meet them. */
final class ObjectKeywords {

  private ObjectKeywords() {}

  /** {@code minProperties}. */
  record MinProperties(int least) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Map<?, ?> object)
          || object.size() >= least
          || run.fails(
              () ->
                  "object has too few properties (found %d but schema requires at least %d)"
                      .formatted(object.size(), least));
    }
  }

  /** {@code maxProperties}. */
  record MaxProperties(int most) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Map<?, ?> object)
          || object.size() <= most
          || run.fails(
              () ->
                  "object has too many properties (found %d but schema requires at most %d)"
                      .formatted(object.size(), most));
    }
  }

  /**
   * {@code required}.
   *
   * @param names in natural order, as the vendor tells them
   */
  record Required(List<String> names) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof Map<?, ?> object)) {
        return true;
      }
      run.spend(names.size());
      for (int i = 0; i < names.size(); i++) {
        if (!object.containsKey(names.get(i))) {
          return run.fails(
              () ->
                  "object has missing required properties (%s)"
                      .formatted(Printed.list(missing(names, object))));
        }
      }
      return true;
    }
  }

  /** A member of {@code dependencies} that lists names. */
  record NeededNames(String name, List<String> needed) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof Map<?, ?> object) || !object.containsKey(name)) {
        return true;
      }
      run.spend(needed.size());
      return object.keySet().containsAll(needed)
          || run.fails(
              () ->
                  "property \"%s\" of object has missing property dependencies (schema requires %s; missing: %s)"
                      .formatted(
                          Printed.raw(name),
                          Printed.list(needed.stream()),
                          Printed.list(missing(needed, object))));
    }
  }

  /** A member of {@code dependencies} that is a schema. */
  record NeededSchema(String name, Schema schema) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Map<?, ?> object)
          || !object.containsKey(name)
          || schema.admits(value, run);
    }
  }

  /** {@code patternProperties}: the schemas of members by their names' patterns. */
  record NamePattern(Patterns.Matcher matcher, Schema schema) {}

  /** {@code additionalProperties} when false. */
  record NoMoreProperties(Set<String> names, List<NamePattern> patterns) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof Map<?, ?> object)) {
        return true;
      }
      List<String> unwanted = null;
      for (Object key : object.keySet()) {
        run.spend(1);
        String name = (String) key;
        if (!names.contains(name) && !matchesAny(name, run)) {
          if (run.hasEnough()) {
            return false;
          }
          unwanted = unwanted == null ? new ArrayList<>() : unwanted;
          unwanted.add(name);
        }
      }
      return unwanted == null || fails(unwanted, run);
    }

    private boolean matchesAny(String name, Run run) {
      for (int i = 0; i < patterns.size(); i++) {
        if (patterns.get(i).matcher().find(name, run.budget())) {
          return true;
        }
      }
      return false;
    }

    private static boolean fails(List<String> unwanted, Run run) {
      return run.fails(
          () ->
              "object instance has properties which are not allowed by the schema: "
                  + Printed.list(unwanted.stream().sorted()));
    }
  }

  /**
   * {@code properties}, {@code patternProperties} and {@code additionalProperties}.
   *
   * @param rest of members that no other schema is for, or null when those may be anything
   */
  record Members(Map<String, Schema> byName, List<NamePattern> patterns, Schema rest)
      implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof Map<?, ?> object)) {
        return true;
      }
      boolean valid = true;
      for (Map.Entry<?, ?> member : object.entrySet()) {
        run.spend(1);
        valid &= admits((String) member.getKey(), member.getValue(), run);
        if (!valid && run.hasEnough()) {
          return false;
        }
      }
      return valid;
    }

    private boolean admits(String name, Object member, Run run) {
      Schema named = byName.get(name);
      boolean valid = named == null || named.admits(member, run);
      boolean matched = named != null;
      for (int i = 0; i < patterns.size(); i++) {
        NamePattern pattern = patterns.get(i);
        if (pattern.matcher().find(name, run.budget())) {
          matched = true;
          valid &= pattern.schema().admits(member, run);
        }
      }
      return matched || rest == null ? valid : rest.admits(member, run);
    }
  }

  private static Stream<String> missing(List<String> names, Map<?, ?> object) {
    return names.stream().filter(name -> !object.containsKey(name));
  }
}
