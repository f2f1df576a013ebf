package dev.touchstone.examples.taskqueue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the kind of the jobs of a record, and the version of its form. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JobKind {

  /** Names the kind, such as {@code email.send}. It stays when the class is renamed. */
  String value();

  /** The version of the record's form: one more with each change that old payloads do not fit. */
  int version() default 1;
}
