package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.budget.Budget;

/**
 * A compiled mapping template. Compiled when a stage is, rendered for every request; immutable, so
 * that threads may share it.
 */
public final class Template {

  private final Block body;
  private final Compilation compilation;

  private Template(Block body, Compilation compilation) {
    this.body = body;
    this.compilation = compilation;
  }

  /**
   * @param patterns that run the regular expressions of the template's method calls
   * @throws InvalidTemplate naming line and column
   */
  public static Template compile(String text, Patterns patterns) throws InvalidTemplate {
    Compilation compilation = new Compilation(text, patterns);
    return new Template(new TemplateParser(compilation).template(), compilation);
  }

  /**
   * The output as it is; who wants it trimmed trims it.
   *
   * @throws TemplateFailure when the template is stopped
   * @throws io.gatehouse.runtime.budget.BudgetExhausted when it costs too much
   */
  public String render(Scope scope, Budget budget) {
    Rendering rendering = new Rendering(compilation, scope, budget);
    Output out = Output.main(rendering);
    body.render(rendering, out);
    return out.toString();
  }

  /** Whether the output is the same for every request. */
  public boolean isStatic() {
    return body.isText();
  }

  /** Whether rendering may look at the body; false only if it cannot. */
  public boolean readsBody() {
    return compilation.readsBody();
  }
}
