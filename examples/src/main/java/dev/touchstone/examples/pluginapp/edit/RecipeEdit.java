package dev.touchstone.examples.pluginapp.edit;

import dev.touchstone.patterns.command.Edit;
import java.util.Optional;

/** What can be done to a draft. Each edit returns its inverse. */
sealed interface RecipeEdit extends Edit<Draft> {

  /**
   * Gives the recipe another name.
   *
   * @param name the name
   */
  record Rename(String name) implements RecipeEdit {

    @Override
    public Edit<Draft> applyTo(Draft draft) {
      var inverse = new Rename(draft.name());
      draft.rename(name);
      return inverse;
    }

    @Override
    public String label() {
      return "name " + name;
    }
  }

  /**
   * Adds a transform.
   *
   * @param index where, from 0
   * @param step what
   */
  record Insert(int index, DraftStep step) implements RecipeEdit {

    @Override
    public Edit<Draft> applyTo(Draft draft) {
      draft.transforms().add(index, step);
      return new Remove(index);
    }

    @Override
    public String label() {
      return "add " + step.part();
    }
  }

  /**
   * Takes a transform away.
   *
   * @param index which, from 0
   */
  record Remove(int index) implements RecipeEdit {

    @Override
    public Edit<Draft> applyTo(Draft draft) {
      return new Insert(index, draft.transforms().remove(index));
    }

    @Override
    public String label() {
      return "remove " + (index + 1);
    }
  }

  /**
   * Moves a transform.
   *
   * @param from which, from 0
   * @param to where it is afterwards, from 0
   */
  record Move(int from, int to) implements RecipeEdit {

    @Override
    public Edit<Draft> applyTo(Draft draft) {
      draft.transforms().add(to, draft.transforms().remove(from));
      return new Move(to, from);
    }

    @Override
    public String label() {
      return "move " + (from + 1) + " to " + (to + 1);
    }
  }

  /**
   * Puts another step in the place of one, or of none.
   *
   * @param place which
   * @param step the step; none to leave the place empty
   */
  record Put(Place place, Optional<DraftStep> step) implements RecipeEdit {

    @Override
    public Edit<Draft> applyTo(Draft draft) {
      var inverse = new Put(place, draft.at(place));
      draft.put(place, step);
      return inverse;
    }

    @Override
    public String label() {
      return "set " + step.map(DraftStep::part).orElse("nothing");
    }
  }
}
