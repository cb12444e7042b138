-- The tables of a new database, as the migrations leave them. Made by ./dev schema; never edited by hand.
-- migration network.0001_initial d1cf4ed34c8bebf8
-- migration catalogue.0001_initial b48a3f2319c2e267
-- migration holdings.0001_initial 0019249e826956a0
-- migration patrons.0001_initial b0dfaea5d3d19dd9
-- migration activities.0001_initial a790967071440cff
-- migration staff.0001_initial ee1f99c247773616
-- migration annual_report.0001_initial 7617382a8f84b073
-- migration contenttypes.0001_initial 35ed8489a147e0b4
-- migration contenttypes.0002_remove_content_type_name 7d36494075750f0e
-- migration auth.0001_initial 845cff319606332f
-- migration auth.0002_alter_permission_name_max_length feaf97e0e8f7d148
-- migration auth.0003_alter_user_email_max_length 9d5657b4db9872dc
-- migration auth.0004_alter_user_username_opts 9538db342c9a9bec
-- migration auth.0005_alter_user_last_login_null 79f60a35dc000fdd
-- migration auth.0006_require_contenttypes_0002 00cb16e3405f14b6
-- migration auth.0007_alter_validators_add_error_messages 115db87dc327530f
-- migration auth.0008_alter_user_username_max_length 02857f65f7d64814
-- migration auth.0009_alter_user_last_name_max_length 19a89500e7f108a7
-- migration auth.0010_alter_group_name_max_length 0963ed6498ac0b3a
-- migration auth.0011_update_proxy_permissions 85a5dde708dc4b61
-- migration auth.0012_alter_user_first_name_max_length 6cefbc9f80903763
-- migration patrons.0002_facts df0f2cf89014fe69
-- migration patrons.0003_password 4f8d9af44556ccd5
-- migration jobs.0001_initial f741ee3b9e4a1835
-- migration holdings.0002_facts 75486c66969837f8
-- migration circulation.0001_initial 8ed8ff833bc2a083
-- migration demo.0001_initial 2141352f393d3a21
-- migration digital.0001_initial 74ff5e280ceb72c0
-- migration facilities.0001_initial 1b8739bb21346fa7
-- migration indicators.0001_initial faa4a2b619c80dd3
-- migration ledger.0001_initial b5034cb77568c859
-- migration protocols.0001_initial c9d4d07d919489fa
-- migration protocols.0002_api_tokens 378b36ea31beb1ef
-- migration registers.0001_initial 56f242ba9f7f9a2a
-- migration sessions.0001_initial 2aa438e2393ee513

CREATE TABLE "activities_activitykind" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(20) NOT NULL UNIQUE, "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "counted_by" varchar(12) NOT NULL);
CREATE TABLE "activities_lesson" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "starts_at" datetime NOT NULL, "ends_at" datetime NOT NULL, "topic" varchar(200) NOT NULL, "session_id" bigint NOT NULL REFERENCES "activities_session" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "activities_lesson_ends_after_start" CHECK ("ends_at" > ("starts_at")));
CREATE TABLE "activities_programme" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "code" varchar(60) NOT NULL UNIQUE, "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "kind" varchar(20) NOT NULL, "mode" varchar(8) NOT NULL, "is_brand" bool NOT NULL, "is_alliance" bool NOT NULL, "edition" smallint unsigned NULL CHECK ("edition" >= 0), "special_group" varchar(20) NOT NULL, "summary" text NOT NULL, "organisers" text NOT NULL CHECK ((JSON_VALID("organisers") OR "organisers" IS NULL)), "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "part_of_id" bigint NULL REFERENCES "activities_programme" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "activities_programme_not_part_of_itself" CHECK (("part_of_id" IS NULL OR NOT ("part_of_id" = ("id") AND "part_of_id" IS NOT NULL))));
CREATE TABLE "activities_session" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "place" varchar(100) NOT NULL, "starts_at" datetime NOT NULL, "ends_at" datetime NOT NULL, "mode" varchar(8) NOT NULL, "special_group" varchar(20) NOT NULL, "status" varchar(10) NOT NULL, "reason" varchar(200) NOT NULL, "capacity" integer unsigned NULL CHECK ("capacity" >= 0), "places_taken" integer unsigned NOT NULL CHECK ("places_taken" >= 0), "department_id" bigint NULL REFERENCES "network_department" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "programme_id" bigint NOT NULL REFERENCES "activities_programme" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "activities_session_ends_after_start" CHECK ("ends_at" > ("starts_at")), CONSTRAINT "activities_session_within_capacity" CHECK (("capacity" IS NULL OR "places_taken" <= ("capacity"))));
CREATE TABLE "activities_signup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "status" varchar(12) NOT NULL, "signed_up_at" datetime NOT NULL, "checked_in_at" datetime NULL, "patron_id" bigint NOT NULL REFERENCES "patrons_patron" ("id") DEFERRABLE INITIALLY DEFERRED, "session_id" bigint NOT NULL REFERENCES "activities_session" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "activities_one_sign_up_a_reader" UNIQUE ("session_id", "patron_id"));
CREATE TABLE "activities_tally" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "day" date NOT NULL, "mode" varchar(8) NOT NULL, "persons" integer unsigned NOT NULL CHECK ("persons" >= 0), "entered_at" datetime NOT NULL, "replaced_at" datetime NULL, "session_id" bigint NOT NULL REFERENCES "activities_session" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "annual_report_edition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "shape" varchar(40) NOT NULL, "scope" varchar(12) NOT NULL, "title" varchar(200) NOT NULL, "state" varchar(12) NOT NULL, "composed_at" datetime NOT NULL, "complete_until" date NULL, "document" text NOT NULL CHECK ((JSON_VALID("document") OR "document" IS NULL)), "drawings" text NOT NULL CHECK ((JSON_VALID("drawings") OR "drawings" IS NULL)), "composed_by_id" bigint NULL REFERENCES "staff_staffmember" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "report_edition_number" UNIQUE ("node_id", "year", "number"));
CREATE TABLE "annual_report_editionfigure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "ref" varchar(8) NOT NULL, "name" varchar(120) NOT NULL, "measure" varchar(60) NOT NULL, "version" date NOT NULL, "declaration" text NOT NULL CHECK ((JSON_VALID("declaration") OR "declaration" IS NULL)), "where" text NOT NULL CHECK ((JSON_VALID("where") OR "where" IS NULL)), "value" decimal NULL, "period_start" date NOT NULL, "period_end" date NOT NULL, "scope" varchar(12) NOT NULL, "complete_until" date NULL, "edition_id" bigint NOT NULL REFERENCES "annual_report_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "report_figure_ref" UNIQUE ("edition_id", "ref"));
CREATE TABLE "annual_report_editionfinding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "code" varchar(20) NOT NULL, "params" text NOT NULL CHECK ((JSON_VALID("params") OR "params" IS NULL)), "refs" text NOT NULL CHECK ((JSON_VALID("refs") OR "refs" IS NULL)), "slot" varchar(40) NOT NULL, "blocks" bool NOT NULL, "released_at" datetime NULL, "reason" varchar(200) NOT NULL, "edition_id" bigint NOT NULL REFERENCES "annual_report_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "released_by_id" bigint NULL REFERENCES "staff_staffmember" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "report_blocking_stays_open" CHECK ((NOT "blocks" OR "released_at" IS NULL)), CONSTRAINT "report_release_has_reason" CHECK (("released_at" IS NULL OR NOT ("reason" = ''))));
CREATE TABLE "annual_report_editionstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "step" varchar(12) NOT NULL, "at" datetime NOT NULL, "note" varchar(200) NOT NULL, "by_id" bigint NULL REFERENCES "staff_staffmember" ("id") DEFERRABLE INITIALLY DEFERRED, "edition_id" bigint NOT NULL REFERENCES "annual_report_edition" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "annual_report_statedtext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slot" varchar(40) NOT NULL, "text" text NOT NULL, "source_document" varchar(200) NOT NULL, "from_day" date NOT NULL, "until_day" date NULL, "approver" varchar(60) NOT NULL, "confirmed_for" smallint unsigned NULL CHECK ("confirmed_for" >= 0), "sample" bool NOT NULL, "entered_at" datetime NOT NULL, "entered_by_id" bigint NULL REFERENCES "staff_staffmember" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "report_text_span" CHECK (("until_day" IS NULL OR "until_day" > ("from_day"))));
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
CREATE TABLE "catalogue_bibrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "control_number" varchar(64) NOT NULL, "agency" varchar(64) NOT NULL, "format" varchar(8) NOT NULL, "title_proper" varchar(500) NOT NULL, "title_key" varchar(200) NOT NULL, "other_title" varchar(1000) NOT NULL, "parallel_title" varchar(1000) NOT NULL, "volume" varchar(500) NOT NULL, "other_titles" text NOT NULL CHECK ((JSON_VALID("other_titles") OR "other_titles" IS NULL)), "responsibility" varchar(1000) NOT NULL, "authors" text NOT NULL CHECK ((JSON_VALID("authors") OR "authors" IS NULL)), "edition" varchar(200) NOT NULL, "place" varchar(200) NOT NULL, "publisher" varchar(500) NOT NULL, "year_text" varchar(100) NOT NULL, "year" smallint NULL, "isbn" text NOT NULL CHECK ((JSON_VALID("isbn") OR "isbn" IS NULL)), "issn" varchar(9) NOT NULL, "class_number" varchar(100) NOT NULL, "main_class" varchar(4) NOT NULL, "language" varchar(3) NOT NULL, "material" varchar(20) NOT NULL, "audience" varchar(12) NOT NULL, "extent" varchar(500) NOT NULL, "series" varchar(1000) NOT NULL, "subjects" text NOT NULL CHECK ((JSON_VALID("subjects") OR "subjects" IS NULL)), "summary" text NOT NULL, "price_fen" bigint NULL, "price" varchar(100) NOT NULL, "pinyin" varchar(1000) NOT NULL, "initials" varchar(200) NOT NULL, "popularity" integer NOT NULL, "content_hash" varchar(32) NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "marc" text NOT NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "catalogue_marcimport" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file_name" varchar(255) NOT NULL, "profile" varchar(40) NOT NULL, "staff" bigint NULL, "started_at" datetime NOT NULL, "is_complete" bool NOT NULL, "read" integer unsigned NOT NULL CHECK ("read" >= 0), "created" integer unsigned NOT NULL CHECK ("created" >= 0), "updated" integer unsigned NOT NULL CHECK ("updated" >= 0), "unchanged" integer unsigned NOT NULL CHECK ("unchanged" >= 0), "kept_aside" integer unsigned NOT NULL CHECK ("kept_aside" >= 0), "rejected" integer unsigned NOT NULL CHECK ("rejected" >= 0), "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "catalogue_recordnumber" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(8) NOT NULL, "number" varchar(40) NOT NULL, "record_id" bigint NOT NULL REFERENCES "catalogue_bibrecord" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalogue_number_once_a_record" UNIQUE ("record_id", "kind", "number"));
CREATE TABLE "catalogue_recordsource" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "encoding" varchar(20) NOT NULL, "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "raw" BLOB NOT NULL, "record_id" bigint NOT NULL REFERENCES "catalogue_bibrecord" ("id") DEFERRABLE INITIALLY DEFERRED, "run_id" bigint NOT NULL REFERENCES "catalogue_marcimport" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "catalogue_rejectedrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "offset" bigint NOT NULL, "reason" varchar(300) NOT NULL, "raw_hash" varchar(32) NOT NULL UNIQUE, "raw" BLOB NOT NULL, "is_settled" bool NOT NULL, "run_id" bigint NOT NULL REFERENCES "catalogue_marcimport" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "catalogue_unplacedrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "kind" varchar(16) NOT NULL, "format" varchar(8) NOT NULL, "control_number" varchar(64) NOT NULL, "heading" varchar(500) NOT NULL, "content_hash" varchar(32) NOT NULL UNIQUE, "encoding" varchar(20) NOT NULL, "marc" text NOT NULL, "raw" BLOB NOT NULL, "run_id" bigint NOT NULL REFERENCES "catalogue_marcimport" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "circulation_loan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "reader_category" varchar(40) NOT NULL, "loan_kind" varchar(12) NOT NULL, "rule_version" integer NOT NULL, "lent_at" datetime NOT NULL, "lent_on" date NOT NULL, "lent_by" varchar(64) NOT NULL, "out_key" varchar(80) NOT NULL, "due_on" date NOT NULL, "renewals" smallint unsigned NOT NULL CHECK ("renewals" >= 0), "returned_at" datetime NULL, "returned_on" date NULL, "returned_by" varchar(64) NOT NULL, "in_key" varchar(80) NULL, "returns_undone" smallint unsigned NOT NULL CHECK ("returns_undone" >= 0), "overdue_days" smallint unsigned NULL CHECK ("overdue_days" >= 0), "cancelled_at" datetime NULL, "item_id" bigint NOT NULL REFERENCES "holdings_item" ("id") DEFERRABLE INITIALLY DEFERRED, "lent_node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "patron_id" bigint NULL REFERENCES "patrons_patron" ("id") DEFERRABLE INITIALLY DEFERRED, "returned_node_id" bigint NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "circulation_one_loan_per_key" UNIQUE ("out_key"), CONSTRAINT "circulation_due_after_lent" CHECK ("due_on" >= ("lent_on")), CONSTRAINT "circulation_return_is_whole" CHECK ((("overdue_days" IS NULL AND "returned_at" IS NULL AND "returned_node_id" IS NULL AND "returned_on" IS NULL) OR ("overdue_days" IS NOT NULL AND "returned_at" IS NOT NULL AND "returned_node_id" IS NOT NULL AND "returned_on" IS NOT NULL))), CONSTRAINT "circulation_open_loan_has_a_reader" CHECK (("patron_id" IS NOT NULL OR NOT ("cancelled_at" IS NULL AND "returned_at" IS NULL))), CONSTRAINT "circulation_not_returned_and_cancelled" CHECK (("returned_at" IS NULL OR "cancelled_at" IS NULL)));
CREATE TABLE "circulation_loanrule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL, "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "category" varchar(40) NOT NULL, "material" varchar(20) NOT NULL, "loan_days" smallint unsigned NOT NULL CHECK ("loan_days" >= 0), "renewals" smallint unsigned NOT NULL CHECK ("renewals" >= 0), "renewal_days" smallint unsigned NOT NULL CHECK ("renewal_days" >= 0), "renew_from" varchar(8) NOT NULL, "floats" bool NOT NULL, "from_day" date NOT NULL, "until_day" date NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "circulation_rule_lends_a_day" CHECK ("loan_days" >= 1), CONSTRAINT "circulation_rule_days_in_order" CHECK (("until_day" IS NULL OR "until_day" >= ("from_day"))));
CREATE TABLE "circulation_renewal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "renewed_at" datetime NOT NULL, "renewed_on" date NOT NULL, "renewed_by" varchar(64) NOT NULL, "initiative" varchar(12) NOT NULL, "key" varchar(80) NOT NULL UNIQUE, "due_before" date NOT NULL, "due_on" date NOT NULL, "cancelled_at" datetime NULL, "loan_id" bigint NOT NULL REFERENCES "circulation_loan" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "circulation_renewal_lengthens" CHECK ("due_on" > ("due_before")));
CREATE TABLE "circulation_transit" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "sent_at" datetime NOT NULL, "arrived_at" datetime NULL, "cancelled_at" datetime NULL, "arrived_node_id" bigint NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "from_node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "holdings_item" ("id") DEFERRABLE INITIALLY DEFERRED, "loan_id" bigint NULL REFERENCES "circulation_loan" ("id") DEFERRABLE INITIALLY DEFERRED, "to_node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "circulation_undoing" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(80) NOT NULL UNIQUE, "undone_key" varchar(80) NOT NULL, "act" varchar(12) NOT NULL, "undone_at" datetime NOT NULL, "undone_by" varchar(64) NOT NULL, "loan_id" bigint NOT NULL REFERENCES "circulation_loan" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "demo_demo" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "network" varchar(40) NOT NULL UNIQUE, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "scale" varchar(20) NOT NULL, "seed" integer NOT NULL, "staff" text NOT NULL CHECK ((JSON_VALID("staff") OR "staff" IS NULL)), "periodicals" text NOT NULL CHECK ((JSON_VALID("periodicals") OR "periodicals" IS NULL)));
CREATE TABLE "demo_demostep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(40) NOT NULL, "demo_id" bigint NOT NULL REFERENCES "demo_demo" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "demo_step_once" UNIQUE ("demo_id", "name"));
CREATE TABLE "digital_resourcepackage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "volumes" bigint unsigned NOT NULL CHECK ("volumes" >= 0), "ownership" varchar(8) NOT NULL, "added_on" date NOT NULL, "ended_on" date NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "digital_package_span" CHECK (("ended_on" IS NULL OR "ended_on" >= ("added_on"))), CONSTRAINT "digital_package_holds_something" CHECK ("volumes" > 0));
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "facilities_gate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL UNIQUE, "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "direction" varchar(8) NOT NULL, "from_day" date NOT NULL, "until_day" date NULL, "department_id" bigint NULL REFERENCES "network_department" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "facilities_gate_span" CHECK (("until_day" IS NULL OR "until_day" > ("from_day"))));
CREATE TABLE "facilities_gatecount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "day" date NOT NULL, "persons" integer unsigned NOT NULL CHECK ("persons" >= 0), "origin" varchar(8) NOT NULL, "is_estimated" bool NOT NULL, "method" varchar(120) NOT NULL, "counted_at" datetime NOT NULL, "replaced_at" datetime NULL, "passages" integer unsigned NULL CHECK ("passages" >= 0), "gate_id" bigint NOT NULL REFERENCES "facilities_gate" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "facilities_roomcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "day" date NOT NULL, "persons" integer unsigned NOT NULL CHECK ("persons" >= 0), "origin" varchar(8) NOT NULL, "is_estimated" bool NOT NULL, "method" varchar(120) NOT NULL, "counted_at" datetime NOT NULL, "replaced_at" datetime NULL, "department_id" bigint NOT NULL REFERENCES "network_department" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "holdings_item" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "barcode" varchar(40) NOT NULL, "barcode_key" varchar(40) NOT NULL, "barcode_scope" varchar(20) NOT NULL, "status" varchar(16) NOT NULL, "status_since" date NOT NULL, "lending" varchar(12) NOT NULL, "material" varchar(20) NOT NULL, "call_number" varchar(60) NOT NULL, "main_class" varchar(4) NOT NULL, "audience" varchar(12) NOT NULL, "language" varchar(3) NOT NULL, "volume" varchar(60) NOT NULL, "list_price_fen" bigint unsigned NULL CHECK ("list_price_fen" >= 0), "accession_number" varchar(40) NOT NULL, "accessioned_on" date NOT NULL, "accession_key" varchar(100) NOT NULL UNIQUE, "withdrawn_on" date NULL, "withdrawal_reason" varchar(200) NOT NULL, "loans" integer unsigned NOT NULL CHECK ("loans" >= 0), "department_id" bigint NULL REFERENCES "network_department" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "present_node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "catalogue_bibrecord" ("id") DEFERRABLE INITIALLY DEFERRED, "shelved_at_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "holdings_one_item_per_barcode" UNIQUE ("barcode_key", "barcode_scope"), CONSTRAINT "holdings_one_item_per_accession_number" UNIQUE ("owner_node_id", "accession_number"), CONSTRAINT "holdings_withdrawn_has_a_day" CHECK ((("status" = 'withdrawn' OR "withdrawn_on" IS NULL) AND 1 = (CASE WHEN "status" = 'withdrawn' THEN 1 ELSE 0 END + CASE WHEN "withdrawn_on" IS NULL THEN 1 ELSE 0 END))));
CREATE TABLE indicators_agesum (kind varchar(40) NOT NULL, grain varchar(1) NOT NULL, day date NOT NULL, node integer NOT NULL, age smallint NOT NULL, channel varchar(12) NOT NULL, loan_kind varchar(12) NOT NULL, quantity bigint NOT NULL, acts bigint NOT NULL, estimated bigint NOT NULL, PRIMARY KEY (kind, grain, day, node, age, channel, loan_kind)) WITHOUT ROWID;
CREATE TABLE indicators_exchangesum (kind varchar(40) NOT NULL, grain varchar(1) NOT NULL, day date NOT NULL, node integer NOT NULL, owner_node integer NOT NULL, home_node integer NOT NULL, channel varchar(12) NOT NULL, loan_kind varchar(12) NOT NULL, quantity bigint NOT NULL, acts bigint NOT NULL, estimated bigint NOT NULL, PRIMARY KEY (kind, grain, day, node, owner_node, home_node, channel, loan_kind)) WITHOUT ROWID;
CREATE TABLE indicators_itemsum (kind varchar(40) NOT NULL, grain varchar(1) NOT NULL, day date NOT NULL, node integer NOT NULL, material varchar(20) NOT NULL, main_class varchar(4) NOT NULL, audience varchar(12) NOT NULL, channel varchar(12) NOT NULL, loan_kind varchar(12) NOT NULL, quantity bigint NOT NULL, acts bigint NOT NULL, estimated bigint NOT NULL, PRIMARY KEY (kind, grain, day, node, material, main_class, audience, channel, loan_kind)) WITHOUT ROWID;
CREATE TABLE indicators_languagesum (kind varchar(40) NOT NULL, grain varchar(1) NOT NULL, day date NOT NULL, node integer NOT NULL, language varchar(3) NOT NULL, material varchar(20) NOT NULL, channel varchar(12) NOT NULL, loan_kind varchar(12) NOT NULL, quantity bigint NOT NULL, acts bigint NOT NULL, estimated bigint NOT NULL, PRIMARY KEY (kind, grain, day, node, language, material, channel, loan_kind)) WITHOUT ROWID;
CREATE TABLE indicators_personsum (kind varchar(40) NOT NULL, grain varchar(1) NOT NULL, day date NOT NULL, node integer NOT NULL, token bigint NOT NULL, department integer NOT NULL, channel varchar(12) NOT NULL, loan_kind varchar(12) NOT NULL, category varchar(40) NOT NULL, sex varchar(1) NOT NULL, age smallint NOT NULL, quantity bigint NOT NULL, acts bigint NOT NULL, estimated bigint NOT NULL, PRIMARY KEY (kind, grain, day, node, token, department, channel, loan_kind, category, sex, age)) WITHOUT ROWID;
CREATE TABLE indicators_placesum (kind varchar(40) NOT NULL, grain varchar(1) NOT NULL, day date NOT NULL, node integer NOT NULL, department integer NOT NULL, channel varchar(12) NOT NULL, subject varchar(80) NOT NULL, loan_kind varchar(12) NOT NULL, quantity bigint NOT NULL, acts bigint NOT NULL, estimated bigint NOT NULL, PRIMARY KEY (kind, grain, day, node, department, channel, subject, loan_kind)) WITHOUT ROWID;
CREATE TABLE indicators_readersum (kind varchar(40) NOT NULL, grain varchar(1) NOT NULL, day date NOT NULL, node integer NOT NULL, category varchar(40) NOT NULL, sex varchar(1) NOT NULL, special_group varchar(20) NOT NULL, channel varchar(12) NOT NULL, loan_kind varchar(12) NOT NULL, quantity bigint NOT NULL, acts bigint NOT NULL, estimated bigint NOT NULL, PRIMARY KEY (kind, grain, day, node, category, sex, special_group, channel, loan_kind)) WITHOUT ROWID;
CREATE TABLE indicators_worksum (kind varchar(40) NOT NULL, grain varchar(1) NOT NULL, day date NOT NULL, node integer NOT NULL, operator varchar(64) NOT NULL, department integer NOT NULL, channel varchar(12) NOT NULL, loan_kind varchar(12) NOT NULL, quantity bigint NOT NULL, acts bigint NOT NULL, estimated bigint NOT NULL, PRIMARY KEY (kind, grain, day, node, operator, department, channel, loan_kind)) WITHOUT ROWID;
CREATE TABLE "jobs_answer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "operation" varchar(60) NOT NULL, "key" varchar(120) NOT NULL, "at" datetime NOT NULL, "answer" text NOT NULL CHECK ((JSON_VALID("answer") OR "answer" IS NULL)), CONSTRAINT "jobs_answer_once" UNIQUE ("operation", "key"));
CREATE TABLE "jobs_counter" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "scheme" varchar(40) NOT NULL, "key" varchar(80) NOT NULL, "value" bigint NOT NULL, CONSTRAINT "jobs_counter_once" UNIQUE ("scheme", "key"));
CREATE TABLE "jobs_lease" ("name" varchar(60) NOT NULL PRIMARY KEY, "holder" varchar(80) NOT NULL, "until" datetime NOT NULL);
CREATE TABLE "jobs_posted" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "topic" varchar(40) NOT NULL, "payload" text NOT NULL CHECK ((JSON_VALID("payload") OR "payload" IS NULL)));
CREATE TABLE "jobs_schedule" ("name" varchar(60) NOT NULL PRIMARY KEY, "due_at" datetime NOT NULL, "last_error" text NOT NULL);
CREATE TABLE "jobs_version" ("name" varchar(40) NOT NULL PRIMARY KEY, "value" bigint NOT NULL);
CREATE TABLE "ledger_measure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(60) NOT NULL, "valid_from" date NOT NULL, "valid_until" date NULL, "origin" varchar(60) NOT NULL, "sums" varchar(12) NOT NULL, "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "declaration" text NOT NULL CHECK ((JSON_VALID("declaration") OR "declaration" IS NULL)), CONSTRAINT "ledger_measure_version" UNIQUE ("code", "valid_from"), CONSTRAINT "ledger_measure_span" CHECK (("valid_until" IS NULL OR "valid_until" > ("valid_from"))));
CREATE TABLE ledger_serviceevent (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    day date NOT NULL,
    kind varchar(40) NOT NULL,
    occurred_at datetime NOT NULL,
    recorded_at datetime NOT NULL,
    node integer NOT NULL,
    department integer NULL,
    owner_node integer NULL,
    home_node integer NULL,
    channel varchar(12) NOT NULL,
    operator varchar(64) NOT NULL,
    quantity bigint NOT NULL,
    subject varchar(80) NOT NULL,
    reader_category varchar(40) NOT NULL,
    reader_sex varchar(1) NOT NULL,
    reader_age smallint NULL,
    person_token bigint NULL,
    item_material varchar(20) NOT NULL,
    item_class varchar(4) NOT NULL,
    item_audience varchar(12) NOT NULL,
    item_language varchar(3) NOT NULL,
    loan_kind varchar(12) NOT NULL,
    rule_version integer NOT NULL,
    special_group varchar(20) NOT NULL,
    estimated bool NOT NULL,
    source varchar(120) NOT NULL,
    reverses bigint NULL
, CONSTRAINT ledger_event_once UNIQUE (day, source));
CREATE TABLE "ledger_snapshot" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "measure" varchar(60) NOT NULL, "node" integer NOT NULL, "dimensions" text NOT NULL CHECK ((JSON_VALID("dimensions") OR "dimensions" IS NULL)), "value" bigint NOT NULL);
CREATE TABLE "ledger_tokenkey" ("year" smallint unsigned NOT NULL PRIMARY KEY CHECK ("year" >= 0), "key" BLOB NULL);
CREATE TABLE "ledger_unfolded" ("event" bigint NOT NULL PRIMARY KEY, "day" date NOT NULL);
CREATE TABLE "network_closedperiod" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "start" date NOT NULL, "end" date NOT NULL, "reason" text NOT NULL CHECK ((JSON_VALID("reason") OR "reason" IS NULL)), "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "network_closedperiod_span" CHECK ("end" > ("start")), CONSTRAINT "network_closed_once" UNIQUE ("node_id", "start"));
CREATE TABLE "network_closure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "depth" smallint unsigned NOT NULL CHECK ("depth" >= 0), "from_day" date NOT NULL, "until_day" date NULL, "ancestor_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "descendant_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "network_closure_span" CHECK (("until_day" IS NULL OR "until_day" > ("from_day"))), CONSTRAINT "network_closure_once" UNIQUE ("ancestor_id", "descendant_id", "from_day"));
CREATE TABLE "network_department" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL UNIQUE, "names" text NOT NULL CHECK ((JSON_VALID("names") OR "names" IS NULL)), "kind" varchar(20) NOT NULL, "seats" integer unsigned NULL CHECK ("seats" >= 0), "from_day" date NOT NULL, "until_day" date NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "network_department_span" CHECK (("until_day" IS NULL OR "until_day" > ("from_day"))));
CREATE TABLE "network_node" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL UNIQUE, "uid" char(32) NOT NULL UNIQUE, "isil" varchar(16) NOT NULL, "division_code" varchar(12) NOT NULL, "address" varchar(200) NOT NULL, "area_m2" integer unsigned NULL CHECK ("area_m2" >= 0), "is_demo" bool NOT NULL, "successor_id" bigint NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "network_nodestate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "from_day" date NOT NULL, "until_day" date NULL, "names" text NOT NULL CHECK ((JSON_VALID("names") OR "names" IS NULL)), "kind" varchar(20) NOT NULL, "status" varchar(12) NOT NULL, "statistical_unit" bool NOT NULL, "host_kind" varchar(40) NOT NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "network_nodestate_span" CHECK (("until_day" IS NULL OR "until_day" > ("from_day"))), CONSTRAINT "network_one_state_a_day" UNIQUE ("node_id", "from_day"));
CREATE TABLE "network_openinghours" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "weekday" smallint unsigned NOT NULL CHECK ("weekday" >= 0), "opens" time NOT NULL, "closes" time NOT NULL, "from_day" date NOT NULL, "until_day" date NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "network_openinghours_span" CHECK (("until_day" IS NULL OR "until_day" > ("from_day"))), CONSTRAINT "network_weekday_is_a_day" CHECK ("weekday" <= 6), CONSTRAINT "network_closes_after_opening" CHECK ("closes" > ("opens")), CONSTRAINT "network_hours_once" UNIQUE ("node_id", "weekday", "opens", "from_day"));
CREATE TABLE "network_placement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "from_day" date NOT NULL, "until_day" date NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "network_placement_span" CHECK (("until_day" IS NULL OR "until_day" > ("from_day"))), CONSTRAINT "network_not_under_itself" CHECK (NOT ("node_id" = ("parent_id"))));
CREATE TABLE "patrons_card" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "number" varchar(64) NOT NULL, "number_key" varchar(72) NOT NULL, "status" varchar(12) NOT NULL, "status_since" date NOT NULL, "from_day" date NOT NULL, "until_day" date NULL, "patron_id" bigint NOT NULL REFERENCES "patrons_patron" ("id") DEFERRABLE INITIALLY DEFERRED, "replaces_id" bigint NULL REFERENCES "patrons_card" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "patrons_ended_card_has_a_day" CHECK ((("status" IN ('replaced', 'closed') OR "until_day" IS NULL) AND 1 = (CASE WHEN "status" IN ('replaced', 'closed') THEN 1 ELSE 0 END + CASE WHEN "until_day" IS NULL THEN 1 ELSE 0 END))));
CREATE TABLE "patrons_category" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL UNIQUE, "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "loan_limit" smallint unsigned NOT NULL CHECK ("loan_limit" >= 0), "valid_days" integer unsigned NULL CHECK ("valid_days" >= 0), "overdue_limit" smallint unsigned NULL CHECK ("overdue_limit" >= 0), "needs_guardian_under" smallint unsigned NULL CHECK ("needs_guardian_under" >= 0), "is_institution" bool NOT NULL, "loan_kind" varchar(12) NOT NULL, "special_group" varchar(20) NOT NULL, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "closed_on" date NULL);
CREATE TABLE "patrons_guardian" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL, "relation" varchar(40) NOT NULL, "phone" varchar(32) NOT NULL, "consented_at" datetime NOT NULL, "consented_through" varchar(12) NOT NULL, "withdrawn_at" datetime NULL, "patron_id" bigint NOT NULL UNIQUE REFERENCES "patrons_patron" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "patrons_password" ("patron_id" bigint NOT NULL PRIMARY KEY REFERENCES "patrons_patron" ("id") DEFERRABLE INITIALLY DEFERRED, "password" varchar(128) NOT NULL, "failures" smallint unsigned NOT NULL CHECK ("failures" >= 0), "last_failed_at" datetime NULL);
CREATE TABLE "patrons_patron" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "name" varchar(120) NOT NULL, "sex" varchar(1) NOT NULL, "birth_date" date NULL, "phone" varchar(32) NOT NULL, "phone_tail" varchar(4) NOT NULL, "email" varchar(254) NOT NULL, "address" varchar(200) NOT NULL, "id_number_cipher" BLOB NULL, "id_number_hash" varchar(64) NULL, "id_key_version" smallint unsigned NOT NULL CHECK ("id_key_version" >= 0), "status" varchar(12) NOT NULL, "status_since" date NOT NULL, "status_reason" varchar(200) NOT NULL, "suspended_until" date NULL, "valid_from" date NOT NULL, "valid_until" date NULL, "registered_at" datetime NOT NULL, "registered_on" date NOT NULL, "registration_key" varchar(80) NOT NULL UNIQUE, "special_group" varchar(20) NOT NULL, "keeps_history" bool NOT NULL, "open_loans" integer NOT NULL, "deregistered_on" date NULL, "erased_at" datetime NULL, "category_id" bigint NOT NULL REFERENCES "patrons_category" ("id") DEFERRABLE INITIALLY DEFERRED, "home_node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "registered_node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "patrons_open_loans_not_negative" CHECK ("open_loans" >= 0), CONSTRAINT "patrons_validity_in_order" CHECK (("valid_until" IS NULL OR "valid_until" >= ("valid_from"))), CONSTRAINT "patrons_deregistered_holds_nothing" CHECK ((NOT ("status" = 'deregistered') OR "open_loans" = 0)));
CREATE TABLE "protocols_apitoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "digest" varchar(64) NOT NULL UNIQUE, "scopes" text NOT NULL CHECK ((JSON_VALID("scopes") OR "scopes" IS NULL)), "label" varchar(60) NOT NULL, "fingerprint" varchar(64) NOT NULL, "created_at" datetime NOT NULL, "expires_at" datetime NOT NULL, "revoked_at" datetime NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "patron_id" bigint NULL REFERENCES "patrons_patron" ("id") DEFERRABLE INITIALLY DEFERRED, "staff_id" bigint NULL REFERENCES "staff_staffmember" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "protocols_token_of_one_person" CHECK ((("staff_id" IS NULL OR "patron_id" IS NULL) AND 1 = (CASE WHEN "staff_id" IS NULL THEN 1 ELSE 0 END + CASE WHEN "patron_id" IS NULL THEN 1 ELSE 0 END))), CONSTRAINT "protocols_token_span" CHECK ("expires_at" > ("created_at")));
CREATE TABLE "protocols_refusedsignins" ("address" varchar(64) NOT NULL PRIMARY KEY, "refused" integer unsigned NOT NULL CHECK ("refused" >= 0), "since" datetime NOT NULL);
CREATE TABLE "protocols_terminal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL UNIQUE, "password" varchar(128) NOT NULL, "encoding" varchar(12) NOT NULL, "is_active" bool NOT NULL, "last_seen_at" datetime NULL, "department_id" bigint NULL REFERENCES "network_department" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registers_amendment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "day" date NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "changed_by" varchar(64) NOT NULL, "changed_at" datetime NOT NULL, "reason" varchar(200) NOT NULL, "entry_id" bigint NOT NULL REFERENCES "registers_entry" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "registers_amendment_once" UNIQUE ("entry_id", "revision"));
CREATE TABLE "registers_bookversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "origin" varchar(40) NOT NULL, "declaration" text NOT NULL CHECK ((JSON_VALID("declaration") OR "declaration" IS NULL)), CONSTRAINT "registers_book_version" UNIQUE ("code", "version"));
CREATE TABLE "registers_entry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL UNIQUE, "book" varchar(40) NOT NULL, "book_version" integer unsigned NOT NULL CHECK ("book_version" >= 0), "day" date NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "text" text NOT NULL, "level" varchar(8) NOT NULL, "status" varchar(8) NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "recorded" text NOT NULL CHECK ((JSON_VALID("recorded") OR "recorded" IS NULL)), "entered_by" varchar(64) NOT NULL, "entered_at" datetime NOT NULL, "key" varchar(120) NOT NULL, "department_id" bigint NULL REFERENCES "network_department" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "registers_entry_once" UNIQUE ("book", "key"));
CREATE TABLE "staff_auditentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "device" varchar(60) NOT NULL, "action" varchar(60) NOT NULL, "subject" varchar(120) NOT NULL, "before" text NULL CHECK ((JSON_VALID("before") OR "before" IS NULL)), "after" text NULL CHECK ((JSON_VALID("after") OR "after" IS NULL)), "reason" varchar(200) NOT NULL, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "staff_id" bigint NULL REFERENCES "staff_staffmember" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "staff_grant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "from_day" date NOT NULL, "until_day" date NULL, "granted_by_id" bigint NULL REFERENCES "staff_staffmember" ("id") DEFERRABLE INITIALLY DEFERRED, "node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED, "staff_id" bigint NOT NULL REFERENCES "staff_staffmember" ("id") DEFERRABLE INITIALLY DEFERRED, "role_id" bigint NOT NULL REFERENCES "staff_role" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "staff_grant_span" CHECK (("until_day" IS NULL OR "until_day" > ("from_day"))), CONSTRAINT "staff_grant_once" UNIQUE ("staff_id", "role_id", "node_id", "from_day"));
CREATE TABLE "staff_role" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL UNIQUE, "names" text NOT NULL CHECK ((JSON_VALID("names") OR "names" IS NULL)), "rights" text NOT NULL CHECK ((JSON_VALID("rights") OR "rights" IS NULL)));
CREATE TABLE "staff_signintry" ("username" varchar(60) NOT NULL PRIMARY KEY, "failures" integer unsigned NOT NULL CHECK ("failures" >= 0), "last_at" datetime NOT NULL);
CREATE TABLE "staff_staffmember" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "username" varchar(60) NOT NULL UNIQUE, "uid" char(32) NOT NULL UNIQUE, "name" varchar(60) NOT NULL, "totp_secret" varchar(64) NOT NULL, "is_active" bool NOT NULL, "must_change_password" bool NOT NULL, "department_id" bigint NULL REFERENCES "network_department" ("id") DEFERRABLE INITIALLY DEFERRED, "home_node_id" bigint NOT NULL REFERENCES "network_node" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "activities_lesson_session_id_6be5e501" ON "activities_lesson" ("session_id");
CREATE UNIQUE INDEX "activities_one_standing_tally_a_day_and_mode" ON "activities_tally" ("session_id", "day", "mode") WHERE "replaced_at" IS NULL;
CREATE INDEX "activities_programme_by_node" ON "activities_programme" ("node_id", "code");
CREATE INDEX "activities_programme_node_id_2c1885a1" ON "activities_programme" ("node_id");
CREATE INDEX "activities_programme_part_of_id_4d00bb51" ON "activities_programme" ("part_of_id");
CREATE INDEX "activities_session_by_node" ON "activities_session" ("node_id", "starts_at", "id");
CREATE INDEX "activities_session_department_id_a9578060" ON "activities_session" ("department_id");
CREATE INDEX "activities_session_node_id_352df794" ON "activities_session" ("node_id");
CREATE INDEX "activities_session_programme_id_81afb11f" ON "activities_session" ("programme_id");
CREATE INDEX "activities_signup_patron_id_8c9666f9" ON "activities_signup" ("patron_id");
CREATE INDEX "activities_signup_session_id_2a4058e5" ON "activities_signup" ("session_id");
CREATE INDEX "activities_tally_session_id_2c9c018d" ON "activities_tally" ("session_id");
CREATE INDEX "annual_report_edition_composed_by_id_e843cf05" ON "annual_report_edition" ("composed_by_id");
CREATE INDEX "annual_report_edition_node_id_08313971" ON "annual_report_edition" ("node_id");
CREATE INDEX "annual_report_editionfigure_edition_id_5a7e7c88" ON "annual_report_editionfigure" ("edition_id");
CREATE INDEX "annual_report_editionfinding_edition_id_583d3184" ON "annual_report_editionfinding" ("edition_id");
CREATE INDEX "annual_report_editionfinding_released_by_id_374daf51" ON "annual_report_editionfinding" ("released_by_id");
CREATE INDEX "annual_report_editionstep_by_id_12af3d41" ON "annual_report_editionstep" ("by_id");
CREATE INDEX "annual_report_editionstep_edition_id_d192d4b5" ON "annual_report_editionstep" ("edition_id");
CREATE INDEX "annual_report_statedtext_entered_by_id_ba45aa99" ON "annual_report_statedtext" ("entered_by_id");
CREATE INDEX "annual_report_statedtext_node_id_4e09669f" ON "annual_report_statedtext" ("node_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "catalogue_bibrecord_content_hash_3aa3b8f2" ON "catalogue_bibrecord" ("content_hash");
CREATE INDEX "catalogue_bibrecord_control_number_c4e39a3f" ON "catalogue_bibrecord" ("control_number");
CREATE INDEX "catalogue_bibrecord_node_id_8c1ff7f8" ON "catalogue_bibrecord" ("node_id");
CREATE INDEX "catalogue_bibrecord_title_key_2473ac4f" ON "catalogue_bibrecord" ("title_key");
CREATE INDEX "catalogue_marcimport_node_id_3c973dcc" ON "catalogue_marcimport" ("node_id");
CREATE INDEX "catalogue_number" ON "catalogue_recordnumber" ("number");
CREATE INDEX "catalogue_record_by_source" ON "catalogue_bibrecord" ("agency", "control_number");
CREATE INDEX "catalogue_recordnumber_record_id_0e000f2f" ON "catalogue_recordnumber" ("record_id");
CREATE INDEX "catalogue_recordsource_record_id_b44ed55d" ON "catalogue_recordsource" ("record_id");
CREATE INDEX "catalogue_recordsource_run_id_e368d767" ON "catalogue_recordsource" ("run_id");
CREATE INDEX "catalogue_rejectedrecord_run_id_347bebb9" ON "catalogue_rejectedrecord" ("run_id");
CREATE INDEX "catalogue_unplacedrecord_control_number_20bfedab" ON "catalogue_unplacedrecord" ("control_number");
CREATE INDEX "catalogue_unplacedrecord_run_id_a4a6d7d8" ON "catalogue_unplacedrecord" ("run_id");
CREATE INDEX "circulation_by_item" ON "circulation_loan" ("item_id", "lent_at");
CREATE INDEX "circulation_by_reader" ON "circulation_loan" ("patron_id", "lent_at");
CREATE INDEX "circulation_loanrule_node_id_02fadf09" ON "circulation_loanrule" ("node_id");
CREATE UNIQUE INDEX "circulation_one_open_loan_per_item" ON "circulation_loan" ("item_id") WHERE ("cancelled_at" IS NULL AND "returned_at" IS NULL);
CREATE UNIQUE INDEX "circulation_one_present_rule_version" ON "circulation_loanrule" ("code") WHERE "until_day" IS NULL;
CREATE UNIQUE INDEX "circulation_one_return_per_key" ON "circulation_loan" ("in_key") WHERE "in_key" IS NOT NULL;
CREATE UNIQUE INDEX "circulation_one_transit_per_item" ON "circulation_transit" ("item_id") WHERE ("arrived_at" IS NULL AND "cancelled_at" IS NULL);
CREATE INDEX "circulation_open_by_due" ON "circulation_loan" ("lent_node_id", "due_on", "id") WHERE ("cancelled_at" IS NULL AND "returned_at" IS NULL);
CREATE INDEX "circulation_open_by_reader" ON "circulation_loan" ("patron_id", "due_on") WHERE ("cancelled_at" IS NULL AND "returned_at" IS NULL);
CREATE INDEX "circulation_renewal_loan_id_60495938" ON "circulation_renewal" ("loan_id");
CREATE INDEX "circulation_transit_expected" ON "circulation_transit" ("to_node_id", "sent_at") WHERE ("arrived_at" IS NULL AND "cancelled_at" IS NULL);
CREATE INDEX "circulation_transit_item_id_a669e214" ON "circulation_transit" ("item_id");
CREATE INDEX "circulation_transit_loan_id_bfbf4937" ON "circulation_transit" ("loan_id");
CREATE INDEX "circulation_undoing_loan_id_d87fffe1" ON "circulation_undoing" ("loan_id");
CREATE INDEX "circulation_undoing_node_id_b68a5904" ON "circulation_undoing" ("node_id");
CREATE INDEX "demo_demostep_demo_id_a78bc066" ON "demo_demostep" ("demo_id");
CREATE INDEX "digital_resourcepackage_node_id_2511344d" ON "digital_resourcepackage" ("node_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE INDEX "facilities_gate_department_id_362b12c3" ON "facilities_gate" ("department_id");
CREATE INDEX "facilities_gate_node_id_870d15c6" ON "facilities_gate" ("node_id");
CREATE INDEX "facilities_gatecount_gate_id_e499f2d9" ON "facilities_gatecount" ("gate_id");
CREATE UNIQUE INDEX "facilities_one_standing_count_a_gate_and_day" ON "facilities_gatecount" ("gate_id", "day") WHERE "replaced_at" IS NULL;
CREATE UNIQUE INDEX "facilities_one_standing_count_a_room_and_day" ON "facilities_roomcount" ("department_id", "day") WHERE "replaced_at" IS NULL;
CREATE INDEX "facilities_roomcount_department_id_6f538ba2" ON "facilities_roomcount" ("department_id");
CREATE INDEX "holdings_by_owner" ON "holdings_item" ("owner_node_id", "material");
CREATE INDEX "holdings_item_department_id_c612dea3" ON "holdings_item" ("department_id");
CREATE INDEX "holdings_item_record_id_7c2e3454" ON "holdings_item" ("record_id");
CREATE INDEX "holdings_item_shelved_at_id_9ff5aa02" ON "holdings_item" ("shelved_at_id");
CREATE INDEX "jobs_posted_topic" ON "jobs_posted" ("topic", "id");
CREATE INDEX "ledger_snapshot_of" ON "ledger_snapshot" ("measure", "day", "node");
CREATE INDEX "network_closedperiod_node_id_97e1d66e" ON "network_closedperiod" ("node_id");
CREATE INDEX "network_closure_ancestor_id_b49b32f8" ON "network_closure" ("ancestor_id");
CREATE INDEX "network_closure_descendant_id_5f6550d9" ON "network_closure" ("descendant_id");
CREATE INDEX "network_closure_up" ON "network_closure" ("descendant_id", "ancestor_id");
CREATE INDEX "network_department_node_id_b3651669" ON "network_department" ("node_id");
CREATE INDEX "network_node_successor_id_0988b4ce" ON "network_node" ("successor_id");
CREATE INDEX "network_nodestate_node_id_a23d5387" ON "network_nodestate" ("node_id");
CREATE UNIQUE INDEX "network_one_present_parent" ON "network_placement" ("node_id") WHERE "until_day" IS NULL;
CREATE UNIQUE INDEX "network_one_present_state" ON "network_nodestate" ("node_id") WHERE "until_day" IS NULL;
CREATE INDEX "network_openinghours_node_id_83c6128d" ON "network_openinghours" ("node_id");
CREATE INDEX "network_placement_node_id_8edaeca0" ON "network_placement" ("node_id");
CREATE INDEX "network_placement_parent_id_78cc384f" ON "network_placement" ("parent_id");
CREATE INDEX "patrons_by_home" ON "patrons_patron" ("home_node_id", "id");
CREATE INDEX "patrons_by_name" ON "patrons_patron" ("name");
CREATE INDEX "patrons_card_by_number" ON "patrons_card" ("number_key");
CREATE INDEX "patrons_card_patron_id_c8ac67ae" ON "patrons_card" ("patron_id");
CREATE INDEX "patrons_card_replaces_id_136c49e5" ON "patrons_card" ("replaces_id");
CREATE UNIQUE INDEX "patrons_one_open_card_per_number" ON "patrons_card" ("number_key") WHERE "until_day" IS NULL;
CREATE UNIQUE INDEX "patrons_one_reader_per_id_number" ON "patrons_patron" ("id_number_hash") WHERE ("id_number_hash" IS NOT NULL AND NOT ("status" = 'deregistered'));
CREATE INDEX "patrons_patron_category_id_eca03227" ON "patrons_patron" ("category_id");
CREATE INDEX "patrons_patron_home_node_id_32fff073" ON "patrons_patron" ("home_node_id");
CREATE INDEX "patrons_patron_phone_tail_a702c820" ON "patrons_patron" ("phone_tail");
CREATE INDEX "patrons_patron_registered_node_id_f6c43a4e" ON "patrons_patron" ("registered_node_id");
CREATE INDEX "protocols_apitoken_node_id_1c6579eb" ON "protocols_apitoken" ("node_id");
CREATE INDEX "protocols_apitoken_patron_id_b3a4df99" ON "protocols_apitoken" ("patron_id");
CREATE INDEX "protocols_apitoken_staff_id_ab6ab493" ON "protocols_apitoken" ("staff_id");
CREATE INDEX "protocols_terminal_department_id_0a36019e" ON "protocols_terminal" ("department_id");
CREATE INDEX "protocols_terminal_node_id_807d68d9" ON "protocols_terminal" ("node_id");
CREATE INDEX "registers_amendment_entry_id_bc950a59" ON "registers_amendment" ("entry_id");
CREATE INDEX "registers_entry_department_id_69e66398" ON "registers_entry" ("department_id");
CREATE INDEX "registers_entry_list" ON "registers_entry" ("book", "day" DESC, "id" DESC);
CREATE INDEX "registers_entry_node_id_f10c7f3c" ON "registers_entry" ("node_id");
CREATE INDEX "report_figure_of" ON "annual_report_editionfigure" ("measure", "period_start");
CREATE INDEX "report_text_of" ON "annual_report_statedtext" ("node_id", "slot");
CREATE INDEX "staff_audit_node" ON "staff_auditentry" ("node_id", "at");
CREATE INDEX "staff_audit_subject" ON "staff_auditentry" ("subject", "at");
CREATE INDEX "staff_auditentry_node_id_09676a10" ON "staff_auditentry" ("node_id");
CREATE INDEX "staff_auditentry_staff_id_a9714278" ON "staff_auditentry" ("staff_id");
CREATE INDEX "staff_grant_granted_by_id_72d27b2b" ON "staff_grant" ("granted_by_id");
CREATE INDEX "staff_grant_node_id_92efc0d0" ON "staff_grant" ("node_id");
CREATE INDEX "staff_grant_role_id_7ca86069" ON "staff_grant" ("role_id");
CREATE INDEX "staff_grant_staff_id_59fe0580" ON "staff_grant" ("staff_id");
CREATE INDEX "staff_staffmember_department_id_fbd58435" ON "staff_staffmember" ("department_id");
CREATE INDEX "staff_staffmember_home_node_id_b1dd70f0" ON "staff_staffmember" ("home_node_id");
CREATE VIEW holdings_facts AS
SELECT id, uid, record_id, barcode, barcode_key, barcode_scope, owner_node_id, shelved_at_id, present_node_id,
       department_id, status, lending, material, main_class, audience, language, list_price_fen
FROM holdings_item;
CREATE VIEW jobs_facts AS SELECT name, value FROM jobs_version;
CREATE VIEW ledger_facts AS SELECT * FROM ledger_serviceevent;
CREATE VIEW ledger_unfolded_facts AS SELECT event, day FROM ledger_unfolded;
CREATE VIEW network_closure_facts AS SELECT ancestor_id AS ancestor, descendant_id AS descendant, depth, from_day, until_day FROM network_closure;
CREATE VIEW patrons_card_facts AS
SELECT id, number_key, patron_id, kind, status, until_day
FROM patrons_card;
CREATE VIEW patrons_facts AS
SELECT id, uid, category_id, home_node_id, sex, birth_date, status, suspended_until, valid_until,
       special_group, open_loans
FROM patrons_patron;
CREATE TRIGGER ledger_append_only_delete BEFORE delete ON ledger_serviceevent
        BEGIN SELECT RAISE(ABORT, 'the service ledger is append-only: reverse the act by a second row'); END;
CREATE TRIGGER ledger_append_only_update BEFORE update ON ledger_serviceevent
        BEGIN SELECT RAISE(ABORT, 'the service ledger is append-only: reverse the act by a second row'); END;
