-- The tables of a new database, as the migrations leave them. Made by ./dev schema; never edited by hand.
-- migration network.0001_initial d1cf4ed34c8bebf8
-- migration catalogue.0001_initial b48a3f2319c2e267
-- migration holdings.0001_initial 0019249e826956a0
-- migration acquisitions.0001_suppliers_batches 370dbfeedef4fe1b
-- migration acquisitions.0002_what_is_paid ebfd350f8a170fba
-- migration acquisitions.0003_listed_sums_are_totals 3b742a92c1f49a8b
-- migration acquisitions.0004_batches_arrive_in_parts 6ddec1141a1bcc45
-- migration patrons.0001_initial b0dfaea5d3d19dd9
-- migration activities.0001_initial a790967071440cff
-- migration activities.0002_outside_the_house c503552565d673d2
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
-- migration catalogue.0002_facts 997029bdb439133d
-- migration catalogue.0003_harvest a553844af5d1049f
-- migration catalogue.0004_versions d7a16ad3542a5e33
-- migration catalogue.0005_authorities 7a105aa8459fdd1b
-- migration catalogue.0006_conversions cc7b145740988ce8
-- migration catalogue.0007_overlay d4c5cc83d8d9b493
-- migration catalogue.0008_held_records 29d32ae61d5d4a6c
-- migration catalogue.0009_settled_rejects c0a4d6aa914814fc
-- migration catalogue.0010_following c554451c5d7620c2
-- migration catalogue.0011_brief_records 905d83aebeb1a54e
-- migration patrons.0002_facts df0f2cf89014fe69
-- migration patrons.0003_password 4f8d9af44556ccd5
-- migration patrons.0004_credit_and_sums e76c8fa4953f5c93
-- migration patrons.0005_readers_from_application_to_merging 22c480b52152346f
-- migration jobs.0001_initial f741ee3b9e4a1835
-- migration holdings.0002_facts 75486c66969837f8
-- migration holdings.0003_states fb5f53f4a80b5a18
-- migration holdings.0004_call_numbers fb09baa70e8341dd
-- migration holdings.0005_batches_and_handovers db9644e6ea2206a8
-- migration holdings.0006_registers 67ac8ea23ed7657e
-- migration holdings.0007_weeding 62645ee8562aaaab
-- migration holdings.0008_stocktaking f0c11c33ade18806
-- migration holdings.0009_transfers aa69936837eb7b84
-- migration holdings.0010_scans_of_phones 1276b48b8c8f7b84
-- migration holdings.0011_kept_for_readers 5d71202fc9fcb581
-- migration holdings.0012_ancient_works f651f7c41439c045
-- migration holdings.0013_schemes_by_class c28c0b3ebb8d86d5
-- migration files.0001_initial 144b88dfca12865e
-- migration holdings.0014_rotation_and_deposits 2dc65aeff1eea5fc
-- migration circulation.0001_initial 8ed8ff833bc2a083
-- migration circulation.0002_rules_along_the_tree a3b5c3c97db77093
-- migration circulation.0003_closures aa208bccfe68b6ba
-- migration circulation.0004_reservations e44731cc2ae9d8a1
-- migration circulation.0005_ends_of_loans 97ef5075009b86cf
-- migration circulation.0006_crates aca618d1a8db2630
-- migration circulation.0007_use_in_the_house 0385b1c55fd1f3c0
-- migration circulation.0008_off_line_journals 75bb591522f27b04
-- migration circulation.0009_compensations 95c90aae0289dbea
-- migration circulation.0010_recalls_groups_tallies_and_moves bfffcf10dbea0ad6
-- migration circulation.0011_reading_rooms_and_drifting 408407eb1ca520e1
-- migration circulation.0012_paper_registers 5398b9e086eae9b1
-- migration circulation.0013_places_booked_ahead 00c5778a5b122132
-- migration circulation.0014_emptied_boxes 389ba1ba1ce1cb6d
-- migration circulation.0015_registered_without_a_line 9549ba6834491295
-- migration credit.0001_points_and_money fc82421e4f6cbe44
-- migration credit.0002_deposits_given_back_and_reminders e444b26406b33d91
-- migration credit.0003_guarantees 8b7db0f6edb38d1f
-- migration demo.0001_initial 2141352f393d3a21
-- migration digital.0001_initial 74ff5e280ceb72c0
-- migration facilities.0001_initial 1b8739bb21346fa7
-- migration facilities.0002_openings_and_tallies 29356bfdc199192e
-- migration facilities.0003_rooms_that_sign_in 020d308afceaa93d
-- migration files.0002_words_of_visibility e754e0f6be10509c
-- migration holdings.0015_tags_of_items 415901fc67c3c22b
-- migration holdings.0016_barcodes_printed_ahead 6c9c396d83b8c32d
-- migration indicators.0001_initial faa4a2b619c80dd3
-- migration ledger.0001_initial b5034cb77568c859
-- migration moving.0001_runs_and_past_sums 4b7e5bab4a0b27e5
-- migration network.0002_special_days_and_seasons b4628b1dcc69b44d
-- migration notices.0001_notices_and_ways b3597dc61ac586eb
-- migration protocols.0001_initial c9d4d07d919489fa
-- migration protocols.0002_api_tokens 378b36ea31beb1ef
-- migration protocols.0003_copy_cataloguing d774ccc785b95858
-- migration protocols.0004_terminals_and_their_days 49fb8d212223a11e
-- migration protocols.0005_uploads faf79df51b90bb84
-- migration protocols.0006_upload_words 5ae250df78cc7da8
-- migration protocols.0007_registrations_refused 3a74f431fdf9eab9
-- migration registers.0001_initial 56f242ba9f7f9a2a
-- migration sessions.0001_initial 2aa438e2393ee513
-- migration staff.0002_director_sees_activities 255f4970723d29a8
-- migration staff.0003_signing_for_handovers 5a4f4471ea1bb5b1
-- migration staff.0004_reading_and_managing_readers 1302137e83355462
-- migration staff.0005_setting_up_devices d377b969a8eee932
-- migration staff.0006_keeping_a_room d8d87aebfbb4c2bf
-- migration holdings.0017_changes_by_place 7c7d09db430684f4
-- migration credit.0004_slips_printed_in_runs 73c71496a0d93d54
-- migration patrons.0006_units_and_classes 72cd091d00bbb47e
-- migration catalogue.0012_pocket_file 8670928c7853945d
-- migration circulation.0016_recall_campaigns d099ede7e447e519
-- migration network.0003_capped_admission aa9ec7a845cb7cda
-- migration facilities.0004_booked_admissions b502796b249a37f1
-- migration holdings.0018_lent_before_catalogued d5fa0411ba74d9a3
-- migration acquisitions.0005_books_chosen_at_bookshops 3fa0c320e4923799
-- migration activities.0003_plan_of_the_year 79b22d352bb04dc4
-- migration circulation.0017_orders_of_readers a2d7bc874c9b0253
-- migration circulation.0018_duty_roster 76e5a993feb32c7a
-- migration digital.0002_resources_as_they_are_opened 451aed7b6feafe08
-- migration facilities.0005_machines d44522c2ddca2104
-- migration patrons.0007_consent_when_given 7bea5adfc13b6e5d
-- migration outreach.0001_the_book_bus 398350bd1bd838e5
-- migration outreach.0002_service_at_the_door d5e04d6f3d6d83b9
-- migration outreach.0003_trips_written_afterwards 579a33eaf2dcfe2f
-- migration protocols.0008_stored_acts_wait ff5da82c5840bf45
-- migration volunteers.0001_readers_who_serve e03f8212a71897bd
-- migration shelving.0001_areas_tasks_and_readings d57f73ae77648f37
-- migration staff.0007_rosters_and_volunteers d57f3dfb69bd0098
-- migration staff.0008_machines_and_the_bus d51012dfd750ebd1
-- migration staff.0009_at_the_bookshop 680a55516d75f8b3
-- migration circulation.0019_open_loans_of_a_reader d76d5aa4e2acb033
-- migration holdings.0019_facts_of_a_scan 716bd775b1f4333f
-- migration patrons.0008_row_version cdf062f7bf94c0ee

CREATE FUNCTION ledger_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN RAISE EXCEPTION 'the service ledger is append-only: reverse the act by a second row'; END $$;
CREATE TABLE acquisitions_batch (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    number character varying(20) NOT NULL,
    state character varying(12) NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    arrived_on date NOT NULL,
    barcode_scope character varying(20) NOT NULL,
    origin character varying(20) NOT NULL,
    is_ready boolean NOT NULL,
    sample_percent smallint NOT NULL,
    most_errors_permille smallint NOT NULL,
    scans_parcels boolean NOT NULL,
    gives_call_numbers boolean NOT NULL,
    sample_seed character varying(16) NOT NULL,
    paid_fen bigint,
    closed_on date,
    node_id bigint NOT NULL,
    owner_node_id bigint NOT NULL,
    shelved_at_id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    discount_permille smallint,
    paid_by character varying(8) NOT NULL,
    CONSTRAINT acquisitions_batch_discount_permille_check CHECK ((discount_permille >= 0)),
    CONSTRAINT acquisitions_batch_most_errors_permille_check CHECK ((most_errors_permille >= 0)),
    CONSTRAINT acquisitions_batch_paid_fen_check CHECK ((paid_fen >= 0)),
    CONSTRAINT acquisitions_batch_sample_percent_check CHECK ((sample_percent >= 0)),
    CONSTRAINT acquisitions_closed_has_a_day CHECK (((((state)::text = ANY (ARRAY[('accepted'::character varying)::text, ('sent_back'::character varying)::text])) OR (closed_on IS NULL)) AND (1 = (
CASE
    WHEN ((state)::text = ANY (ARRAY[('accepted'::character varying)::text, ('sent_back'::character varying)::text])) THEN 1
    ELSE 0
END +
CASE
    WHEN (closed_on IS NULL) THEN 1
    ELSE 0
END))))
);
ALTER TABLE acquisitions_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_batch_id_seq);
CREATE TABLE acquisitions_batchcopy (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    barcode character varying(40) NOT NULL,
    barcode_key character varying(40) NOT NULL,
    problem character varying(12) NOT NULL,
    call_number character varying(60) NOT NULL,
    volume character varying(60) NOT NULL,
    price_fen bigint,
    parcel character varying(20) NOT NULL,
    found_at timestamp with time zone,
    is_missing boolean NOT NULL,
    is_sampled boolean NOT NULL,
    inspected_at timestamp with time zone,
    batch_id bigint NOT NULL,
    item_id bigint,
    title_id bigint NOT NULL,
    paid_fen bigint,
    CONSTRAINT acquisitions_batchcopy_position_check CHECK (("position" >= 0))
);
ALTER TABLE acquisitions_batchcopy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_batchcopy_id_seq);
CREATE TABLE acquisitions_batchfile (
    id bigint NOT NULL,
    kind character varying(4) NOT NULL,
    name character varying(255) NOT NULL,
    digest character varying(64) NOT NULL,
    is_live boolean NOT NULL,
    read integer NOT NULL,
    rejected jsonb NOT NULL,
    columns jsonb NOT NULL,
    sample jsonb NOT NULL,
    content bytea NOT NULL,
    batch_id bigint NOT NULL,
    CONSTRAINT acquisitions_batchfile_read_check CHECK ((read >= 0))
);
ALTER TABLE acquisitions_batchfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_batchfile_id_seq);
CREATE TABLE acquisitions_batchstep (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    step character varying(16) NOT NULL,
    operator character varying(60) NOT NULL,
    reason character varying(200) NOT NULL,
    details jsonb NOT NULL,
    batch_id bigint NOT NULL
);
ALTER TABLE acquisitions_batchstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_batchstep_id_seq);
CREATE TABLE acquisitions_batchtitle (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    title character varying(500) NOT NULL,
    volume character varying(500) NOT NULL,
    responsibility character varying(1000) NOT NULL,
    publisher character varying(500) NOT NULL,
    year character varying(100) NOT NULL,
    isbn character varying(13) NOT NULL,
    class_number character varying(100) NOT NULL,
    price_fen bigint,
    listed integer,
    outcome character varying(8) NOT NULL,
    candidates jsonb NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    notes jsonb NOT NULL,
    marc text NOT NULL,
    batch_id bigint NOT NULL,
    record_id bigint,
    same_as_id bigint,
    CONSTRAINT acquisitions_batchtitle_listed_check CHECK ((listed >= 0)),
    CONSTRAINT acquisitions_batchtitle_position_check CHECK (("position" >= 0))
);
ALTER TABLE acquisitions_batchtitle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_batchtitle_id_seq);
CREATE TABLE acquisitions_bookshop (
    id bigint NOT NULL,
    code character varying(12) NOT NULL,
    name character varying(100) NOT NULL,
    address character varying(200) NOT NULL,
    is_active boolean NOT NULL,
    node_id bigint NOT NULL,
    supplier_id bigint NOT NULL
);
ALTER TABLE acquisitions_bookshop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_bookshop_id_seq);
CREATE TABLE acquisitions_bookshop_series (
    id bigint NOT NULL,
    bookshop_id bigint NOT NULL,
    barcodeseries_id bigint NOT NULL
);
ALTER TABLE acquisitions_bookshop_series ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_bookshop_series_id_seq);
CREATE TABLE acquisitions_choice (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    number character varying(16) NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    person_token bigint,
    isbn character varying(13) NOT NULL,
    title character varying(500) NOT NULL,
    author character varying(300) NOT NULL,
    publisher character varying(300) NOT NULL,
    list_price_fen integer NOT NULL,
    paid_fen integer NOT NULL,
    is_brief boolean NOT NULL,
    loan_uid uuid NOT NULL,
    due_on date NOT NULL,
    state character varying(10) NOT NULL,
    cancelled_on date,
    cancelled_by character varying(64) NOT NULL,
    reason character varying(200) NOT NULL,
    key character varying(80) NOT NULL,
    item_id bigint NOT NULL,
    shop_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    settlement_id bigint,
    CONSTRAINT acquisitions_cancelled_has_a_day CHECK (((((state)::text = 'cancelled'::text) OR (cancelled_on IS NULL)) AND (1 = (
CASE
    WHEN ((state)::text = 'cancelled'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN (cancelled_on IS NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT acquisitions_cancelled_is_not_billed CHECK (((settlement_id IS NULL) OR ((state)::text = 'lent'::text))),
    CONSTRAINT acquisitions_choice_list_price_fen_check CHECK ((list_price_fen >= 0)),
    CONSTRAINT acquisitions_choice_paid_fen_check CHECK ((paid_fen >= 0))
);
ALTER TABLE acquisitions_choice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_choice_id_seq);
CREATE TABLE acquisitions_choicecampaign (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    from_day date NOT NULL,
    until_day date NOT NULL,
    budget_fen bigint NOT NULL,
    spent_fen bigint NOT NULL,
    copies_limit smallint NOT NULL,
    price_limit_fen integer,
    month_books smallint,
    month_fen integer,
    categories jsonb NOT NULL,
    credit_floor integer,
    registered_before date,
    excluded_classes jsonb NOT NULL,
    excluded_words jsonb NOT NULL,
    earliest_year smallint,
    ended_on date,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    processed_at_id bigint NOT NULL,
    CONSTRAINT acquisitions_budget_holds CHECK ((spent_fen <= budget_fen)),
    CONSTRAINT acquisitions_campaign_in_order CHECK ((until_day >= from_day)),
    CONSTRAINT acquisitions_choicecampaign_budget_fen_check CHECK ((budget_fen >= 0)),
    CONSTRAINT acquisitions_choicecampaign_copies_limit_check CHECK ((copies_limit >= 0)),
    CONSTRAINT acquisitions_choicecampaign_earliest_year_check CHECK ((earliest_year >= 0)),
    CONSTRAINT acquisitions_choicecampaign_month_books_check CHECK ((month_books >= 0)),
    CONSTRAINT acquisitions_choicecampaign_month_fen_check CHECK ((month_fen >= 0)),
    CONSTRAINT acquisitions_choicecampaign_price_limit_fen_check CHECK ((price_limit_fen >= 0)),
    CONSTRAINT acquisitions_choicecampaign_spent_fen_check CHECK ((spent_fen >= 0))
);
ALTER TABLE acquisitions_choicecampaign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_choicecampaign_id_seq);
CREATE TABLE acquisitions_choicecampaign_shops (
    id bigint NOT NULL,
    choicecampaign_id bigint NOT NULL,
    bookshop_id bigint NOT NULL
);
ALTER TABLE acquisitions_choicecampaign_shops ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_choicecampaign_shops_id_seq);
CREATE TABLE acquisitions_choicerefusal (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    day date NOT NULL,
    by character varying(64) NOT NULL,
    isbn character varying(40) NOT NULL,
    title character varying(500) NOT NULL,
    reasons jsonb NOT NULL,
    key character varying(120) NOT NULL,
    campaign_id bigint,
    shop_id bigint NOT NULL
);
ALTER TABLE acquisitions_choicerefusal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_choicerefusal_id_seq);
CREATE TABLE acquisitions_parcel (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    closed_at timestamp with time zone,
    batch_id bigint NOT NULL
);
ALTER TABLE acquisitions_parcel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_parcel_id_seq);
CREATE TABLE acquisitions_parcelscan (
    id bigint NOT NULL,
    parcel character varying(20) NOT NULL,
    code character varying(40) NOT NULL,
    outcome character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    operator character varying(60) NOT NULL,
    key character varying(64) NOT NULL,
    batch_id bigint NOT NULL,
    copy_id bigint
);
ALTER TABLE acquisitions_parcelscan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_parcelscan_id_seq);
CREATE TABLE acquisitions_sampleerror (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    note character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    operator character varying(60) NOT NULL,
    copy_id bigint NOT NULL
);
ALTER TABLE acquisitions_sampleerror ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_sampleerror_id_seq);
CREATE TABLE acquisitions_shopsettlement (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    month date NOT NULL,
    state character varying(10) NOT NULL,
    volumes integer NOT NULL,
    list_price_fen bigint NOT NULL,
    paid_fen bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_on date NOT NULL,
    made_by character varying(64) NOT NULL,
    approved_on date,
    approved_by character varying(64) NOT NULL,
    paid_on date,
    voucher character varying(60) NOT NULL,
    reason character varying(200) NOT NULL,
    key character varying(80) NOT NULL,
    shop_id bigint NOT NULL,
    CONSTRAINT acquisitions_paid_after_approval CHECK (((paid_on IS NULL) OR (approved_on IS NOT NULL))),
    CONSTRAINT acquisitions_shopsettlement_list_price_fen_check CHECK ((list_price_fen >= 0)),
    CONSTRAINT acquisitions_shopsettlement_paid_fen_check CHECK ((paid_fen >= 0)),
    CONSTRAINT acquisitions_shopsettlement_volumes_check CHECK ((volumes >= 0))
);
ALTER TABLE acquisitions_shopsettlement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_shopsettlement_id_seq);
CREATE TABLE acquisitions_supplier (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(100) NOT NULL,
    sample_percent smallint NOT NULL,
    most_errors_permille smallint NOT NULL,
    scans_parcels boolean NOT NULL,
    gives_call_numbers boolean NOT NULL,
    is_active boolean NOT NULL,
    discount_permille smallint,
    CONSTRAINT acquisitions_percent_share CHECK ((sample_percent <= 100)),
    CONSTRAINT acquisitions_permille_share CHECK ((most_errors_permille <= 1000)),
    CONSTRAINT acquisitions_supplier_discount_permille_check CHECK ((discount_permille >= 0)),
    CONSTRAINT acquisitions_supplier_most_errors_permille_check CHECK ((most_errors_permille >= 0)),
    CONSTRAINT acquisitions_supplier_sample_percent_check CHECK ((sample_percent >= 0))
);
ALTER TABLE acquisitions_supplier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME acquisitions_supplier_id_seq);
CREATE TABLE activities_activitykind (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    words jsonb NOT NULL,
    counted_by character varying(12) NOT NULL
);
ALTER TABLE activities_activitykind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME activities_activitykind_id_seq);
CREATE TABLE activities_lesson (
    id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    topic character varying(200) NOT NULL,
    session_id bigint NOT NULL,
    CONSTRAINT activities_lesson_ends_after_start CHECK ((ends_at > starts_at))
);
ALTER TABLE activities_lesson ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME activities_lesson_id_seq);
CREATE TABLE activities_planitem (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    due_on date NOT NULL,
    target_sessions integer NOT NULL,
    target_persons integer,
    carried_by character varying(60) NOT NULL,
    dropped_on date,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT activities_plan_item_aims CHECK ((target_sessions > 0)),
    CONSTRAINT activities_planitem_target_persons_check CHECK ((target_persons >= 0)),
    CONSTRAINT activities_planitem_target_sessions_check CHECK ((target_sessions >= 0))
);
ALTER TABLE activities_planitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME activities_planitem_id_seq);
CREATE TABLE activities_programme (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    code character varying(60) NOT NULL,
    words jsonb NOT NULL,
    kind character varying(20) NOT NULL,
    mode character varying(8) NOT NULL,
    is_brand boolean NOT NULL,
    is_alliance boolean NOT NULL,
    edition smallint,
    special_group character varying(20) NOT NULL,
    summary text NOT NULL,
    organisers jsonb NOT NULL,
    node_id bigint NOT NULL,
    part_of_id bigint,
    CONSTRAINT activities_programme_edition_check CHECK ((edition >= 0)),
    CONSTRAINT activities_programme_not_part_of_itself CHECK (((part_of_id IS NULL) OR (NOT ((part_of_id = id) AND (part_of_id IS NOT NULL)))))
);
ALTER TABLE activities_programme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME activities_programme_id_seq);
CREATE TABLE activities_session (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    title character varying(200) NOT NULL,
    place character varying(100) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    mode character varying(8) NOT NULL,
    special_group character varying(20) NOT NULL,
    status character varying(10) NOT NULL,
    reason character varying(200) NOT NULL,
    capacity integer,
    places_taken integer NOT NULL,
    department_id bigint,
    node_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    CONSTRAINT activities_session_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT activities_session_ends_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT activities_session_places_taken_check CHECK ((places_taken >= 0)),
    CONSTRAINT activities_session_within_capacity CHECK (((capacity IS NULL) OR (places_taken <= capacity)))
);
ALTER TABLE activities_session ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME activities_session_id_seq);
CREATE TABLE activities_signup (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    status character varying(12) NOT NULL,
    signed_up_at timestamp with time zone NOT NULL,
    checked_in_at timestamp with time zone,
    patron_id bigint NOT NULL,
    session_id bigint NOT NULL
);
ALTER TABLE activities_signup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME activities_signup_id_seq);
CREATE TABLE activities_tally (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    mode character varying(8) NOT NULL,
    persons integer NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    session_id bigint NOT NULL,
    CONSTRAINT activities_tally_persons_check CHECK ((persons >= 0))
);
ALTER TABLE activities_tally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME activities_tally_id_seq);
CREATE TABLE annual_report_edition (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    year smallint NOT NULL,
    number smallint NOT NULL,
    shape character varying(40) NOT NULL,
    scope character varying(12) NOT NULL,
    title character varying(200) NOT NULL,
    state character varying(12) NOT NULL,
    composed_at timestamp with time zone NOT NULL,
    complete_until date,
    document jsonb NOT NULL,
    drawings jsonb NOT NULL,
    composed_by_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT annual_report_edition_number_check CHECK ((number >= 0)),
    CONSTRAINT annual_report_edition_year_check CHECK ((year >= 0))
);
ALTER TABLE annual_report_edition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME annual_report_edition_id_seq);
CREATE TABLE annual_report_editionfigure (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    ref character varying(8) NOT NULL,
    name character varying(120) NOT NULL,
    measure character varying(60) NOT NULL,
    version date NOT NULL,
    declaration jsonb NOT NULL,
    "where" jsonb NOT NULL,
    value numeric(20,4),
    period_start date NOT NULL,
    period_end date NOT NULL,
    scope character varying(12) NOT NULL,
    complete_until date,
    edition_id bigint NOT NULL,
    CONSTRAINT annual_report_editionfigure_position_check CHECK (("position" >= 0))
);
ALTER TABLE annual_report_editionfigure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME annual_report_editionfigure_id_seq);
CREATE TABLE annual_report_editionfinding (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    code character varying(20) NOT NULL,
    params jsonb NOT NULL,
    refs jsonb NOT NULL,
    slot character varying(40) NOT NULL,
    blocks boolean NOT NULL,
    released_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    edition_id bigint NOT NULL,
    released_by_id bigint,
    CONSTRAINT annual_report_editionfinding_position_check CHECK (("position" >= 0)),
    CONSTRAINT report_blocking_stays_open CHECK (((NOT blocks) OR (released_at IS NULL))),
    CONSTRAINT report_release_has_reason CHECK (((released_at IS NULL) OR (NOT ((reason)::text = ''::text))))
);
ALTER TABLE annual_report_editionfinding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME annual_report_editionfinding_id_seq);
CREATE TABLE annual_report_editionstep (
    id bigint NOT NULL,
    step character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    note character varying(200) NOT NULL,
    by_id bigint,
    edition_id bigint NOT NULL
);
ALTER TABLE annual_report_editionstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME annual_report_editionstep_id_seq);
CREATE TABLE annual_report_statedtext (
    id bigint NOT NULL,
    slot character varying(40) NOT NULL,
    text text NOT NULL,
    source_document character varying(200) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    approver character varying(60) NOT NULL,
    confirmed_for smallint,
    sample boolean NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    entered_by_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT annual_report_statedtext_confirmed_for_check CHECK ((confirmed_for >= 0)),
    CONSTRAINT report_text_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
ALTER TABLE annual_report_statedtext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME annual_report_statedtext_id_seq);
CREATE TABLE auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME auth_group_id_seq);
CREATE TABLE auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME auth_group_permissions_id_seq);
CREATE TABLE auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME auth_permission_id_seq);
CREATE TABLE catalogue_authority (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    kind character varying(8) NOT NULL,
    number character varying(64) NOT NULL,
    format character varying(8) NOT NULL,
    heading character varying(500) NOT NULL,
    heading_key character varying(200) NOT NULL,
    note text NOT NULL,
    content_hash character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    marc text NOT NULL,
    merged_into_id bigint,
    node_id bigint NOT NULL
);
ALTER TABLE catalogue_authority ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_authority_id_seq);
CREATE TABLE catalogue_authorityform (
    id bigint NOT NULL,
    relation character varying(8) NOT NULL,
    text character varying(500) NOT NULL,
    key character varying(200) NOT NULL,
    number character varying(64) NOT NULL,
    authority_id bigint NOT NULL
);
ALTER TABLE catalogue_authorityform ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_authorityform_id_seq);
CREATE TABLE catalogue_authoritylink (
    id bigint NOT NULL,
    tag character varying(3) NOT NULL,
    number character varying(64) NOT NULL,
    authority_id bigint,
    record_id bigint NOT NULL
);
ALTER TABLE catalogue_authoritylink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_authoritylink_id_seq);
CREATE TABLE catalogue_authoritymerge (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    staff bigint,
    kept_marc text NOT NULL,
    kept_after character varying(32) NOT NULL,
    fields jsonb NOT NULL,
    undone_at timestamp with time zone,
    gone_id bigint NOT NULL,
    kept_id bigint NOT NULL
);
ALTER TABLE catalogue_authoritymerge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_authoritymerge_id_seq);
CREATE TABLE catalogue_authoritymergepart (
    id bigint NOT NULL,
    fields jsonb NOT NULL,
    merge_id bigint NOT NULL
);
ALTER TABLE catalogue_authoritymergepart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_authoritymergepart_id_seq);
CREATE TABLE catalogue_authorityrewrite (
    id bigint NOT NULL,
    is_undoing boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    staff bigint,
    total integer NOT NULL,
    done integer NOT NULL,
    last_record bigint NOT NULL,
    authority_id bigint NOT NULL,
    merge_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT catalogue_authorityrewrite_done_check CHECK ((done >= 0)),
    CONSTRAINT catalogue_authorityrewrite_total_check CHECK ((total >= 0))
);
ALTER TABLE catalogue_authorityrewrite ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_authorityrewrite_id_seq);
CREATE TABLE catalogue_bibrecord (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    control_number character varying(64) NOT NULL,
    agency character varying(64) NOT NULL,
    format character varying(8) NOT NULL,
    title_proper character varying(500) NOT NULL,
    title_key character varying(200) NOT NULL,
    other_title character varying(1000) NOT NULL,
    parallel_title character varying(1000) NOT NULL,
    volume character varying(500) NOT NULL,
    other_titles jsonb NOT NULL,
    responsibility character varying(1000) NOT NULL,
    authors jsonb NOT NULL,
    edition character varying(200) NOT NULL,
    place character varying(200) NOT NULL,
    publisher character varying(500) NOT NULL,
    year_text character varying(100) NOT NULL,
    year smallint,
    isbn jsonb NOT NULL,
    issn character varying(9) NOT NULL,
    class_number character varying(100) NOT NULL,
    main_class character varying(4) NOT NULL,
    language character varying(3) NOT NULL,
    material character varying(20) NOT NULL,
    audience character varying(12) NOT NULL,
    extent character varying(500) NOT NULL,
    series character varying(1000) NOT NULL,
    subjects jsonb NOT NULL,
    summary text NOT NULL,
    price_fen bigint,
    price character varying(100) NOT NULL,
    pinyin character varying(1000) NOT NULL,
    initials character varying(200) NOT NULL,
    popularity integer NOT NULL,
    content_hash character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    marc text NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE catalogue_bibrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_bibrecord_id_seq);
CREATE TABLE catalogue_briefrecord (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    node_id bigint NOT NULL,
    record_id bigint NOT NULL
);
ALTER TABLE catalogue_briefrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_briefrecord_id_seq);
CREATE TABLE catalogue_conversion (
    id bigint NOT NULL,
    source_format character varying(8) NOT NULL,
    target_format character varying(8) NOT NULL,
    mapping character varying(40) NOT NULL,
    mapping_version character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    staff bigint,
    warnings jsonb NOT NULL,
    source_hash character varying(32) NOT NULL,
    source text NOT NULL,
    target text NOT NULL,
    record_id bigint NOT NULL
);
ALTER TABLE catalogue_conversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_conversion_id_seq);
CREATE VIEW catalogue_facts AS
 SELECT catalogue_bibrecord.id,
    catalogue_bibrecord.uid,
    catalogue_bibrecord.control_number,
    catalogue_bibrecord.title_proper,
    catalogue_bibrecord.main_class,
    catalogue_bibrecord.class_number,
    catalogue_bibrecord.language,
    catalogue_bibrecord.material,
    catalogue_bibrecord.audience
   FROM catalogue_bibrecord;
CREATE TABLE catalogue_recordcondition (
    record_id bigint NOT NULL,
    condition character varying(8) NOT NULL,
    since timestamp with time zone NOT NULL,
    staff bigint,
    reason character varying(200) NOT NULL,
    node_id bigint NOT NULL
);
CREATE VIEW catalogue_harvest_facts AS
 SELECT r.id,
    r.uid,
    r.updated_at,
    (c.record_id IS NOT NULL) AS is_gone
   FROM (catalogue_bibrecord r
     LEFT JOIN catalogue_recordcondition c ON ((c.record_id = r.id)));
CREATE TABLE catalogue_heldrecord (
    record_id bigint NOT NULL,
    nodes jsonb NOT NULL,
    call_numbers jsonb NOT NULL,
    copies integer NOT NULL,
    loans bigint NOT NULL,
    CONSTRAINT catalogue_heldrecord_copies_check CHECK ((copies >= 0)),
    CONSTRAINT catalogue_heldrecord_loans_check CHECK ((loans >= 0))
);
CREATE TABLE catalogue_marcimport (
    id bigint NOT NULL,
    file_name character varying(255) NOT NULL,
    profile character varying(40) NOT NULL,
    staff bigint,
    started_at timestamp with time zone NOT NULL,
    is_complete boolean NOT NULL,
    read integer NOT NULL,
    created integer NOT NULL,
    updated integer NOT NULL,
    unchanged integer NOT NULL,
    kept_aside integer NOT NULL,
    rejected integer NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT catalogue_marcimport_created_check CHECK ((created >= 0)),
    CONSTRAINT catalogue_marcimport_kept_aside_check CHECK ((kept_aside >= 0)),
    CONSTRAINT catalogue_marcimport_read_check CHECK ((read >= 0)),
    CONSTRAINT catalogue_marcimport_rejected_check CHECK ((rejected >= 0)),
    CONSTRAINT catalogue_marcimport_unchanged_check CHECK ((unchanged >= 0)),
    CONSTRAINT catalogue_marcimport_updated_check CHECK ((updated >= 0))
);
ALTER TABLE catalogue_marcimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_marcimport_id_seq);
CREATE TABLE catalogue_overlayrule (
    id bigint NOT NULL,
    family character varying(8) NOT NULL,
    tag character varying(3) NOT NULL,
    "having" character varying(1) NOT NULL,
    keep character varying(12) NOT NULL
);
ALTER TABLE catalogue_overlayrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_overlayrule_id_seq);
CREATE TABLE catalogue_pocketpart (
    number integer NOT NULL,
    digest character varying(16) NOT NULL,
    lines integer NOT NULL,
    bytes integer NOT NULL,
    made_of character varying(60) NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT catalogue_pocketpart_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT catalogue_pocketpart_lines_check CHECK ((lines >= 0)),
    CONSTRAINT catalogue_pocketpart_number_check CHECK ((number >= 0))
);
CREATE TABLE catalogue_recordnumber (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    number character varying(40) NOT NULL,
    record_id bigint NOT NULL
);
ALTER TABLE catalogue_recordnumber ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_recordnumber_id_seq);
CREATE TABLE catalogue_recordsource (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    encoding character varying(20) NOT NULL,
    notes jsonb NOT NULL,
    raw bytea NOT NULL,
    record_id bigint NOT NULL,
    run_id bigint NOT NULL,
    content_hash character varying(32) NOT NULL,
    CONSTRAINT catalogue_recordsource_position_check CHECK (("position" >= 0))
);
ALTER TABLE catalogue_recordsource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_recordsource_id_seq);
CREATE TABLE catalogue_recordversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    kind character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    staff bigint,
    note character varying(300) NOT NULL,
    content_hash character varying(32) NOT NULL,
    marc text NOT NULL,
    node_id bigint,
    record_id bigint NOT NULL,
    CONSTRAINT catalogue_recordversion_number_check CHECK ((number >= 0))
);
ALTER TABLE catalogue_recordversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_recordversion_id_seq);
CREATE TABLE catalogue_rejectedrecord (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    "offset" bigint NOT NULL,
    reason character varying(300) NOT NULL,
    raw_hash character varying(32) NOT NULL,
    raw bytea NOT NULL,
    is_settled boolean NOT NULL,
    run_id bigint NOT NULL,
    settled_as character varying(12) NOT NULL,
    settled_at timestamp with time zone,
    settled_by bigint,
    settled_reason character varying(200) NOT NULL,
    record_id bigint,
    CONSTRAINT catalogue_rejectedrecord_position_check CHECK (("position" >= 0))
);
ALTER TABLE catalogue_rejectedrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_rejectedrecord_id_seq);
CREATE TABLE catalogue_takenrecord (
    id bigint NOT NULL,
    origin character varying(100) NOT NULL,
    question character varying(300) NOT NULL,
    is_overlay boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    staff bigint,
    encoding character varying(20) NOT NULL,
    protected jsonb NOT NULL,
    raw bytea NOT NULL,
    record_id bigint NOT NULL,
    mapping character varying(40) NOT NULL,
    mapping_version character varying(20) NOT NULL,
    warnings jsonb NOT NULL,
    converted text NOT NULL
);
ALTER TABLE catalogue_takenrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_takenrecord_id_seq);
CREATE TABLE catalogue_unplacedrecord (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    kind character varying(16) NOT NULL,
    format character varying(8) NOT NULL,
    control_number character varying(64) NOT NULL,
    heading character varying(500) NOT NULL,
    content_hash character varying(32) NOT NULL,
    encoding character varying(20) NOT NULL,
    marc text NOT NULL,
    raw bytea NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT catalogue_unplacedrecord_position_check CHECK (("position" >= 0))
);
ALTER TABLE catalogue_unplacedrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME catalogue_unplacedrecord_id_seq);
CREATE TABLE circulation_bookorder (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(8) NOT NULL,
    wish character varying(500) NOT NULL,
    unit character varying(60) NOT NULL,
    persons integer,
    wanted_on date,
    to_door boolean NOT NULL,
    address_cipher bytea,
    address_key_version smallint NOT NULL,
    channel character varying(8) NOT NULL,
    state character varying(12) NOT NULL,
    is_short boolean NOT NULL,
    taken_by character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_on date NOT NULL,
    made_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    reason character varying(300) NOT NULL,
    counted smallint NOT NULL,
    counted_on date,
    ended_at timestamp with time zone,
    group_id bigint,
    made_node_id bigint NOT NULL,
    patron_id bigint,
    place_id bigint NOT NULL,
    themed_id bigint,
    CONSTRAINT circulation_bookorder_address_key_version_check CHECK ((address_key_version >= 0)),
    CONSTRAINT circulation_bookorder_counted_check CHECK ((counted >= 0)),
    CONSTRAINT circulation_bookorder_persons_check CHECK ((persons >= 0)),
    CONSTRAINT circulation_menu_order_has_a_set CHECK (((((kind)::text = 'free'::text) OR (themed_id IS NOT NULL)) AND (1 = (
CASE
    WHEN ((kind)::text = 'free'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN (themed_id IS NOT NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT circulation_order_ends_once CHECK ((((NOT ((state)::text = ANY (ARRAY[('cancelled'::character varying)::text, ('impossible'::character varying)::text, ('returned'::character varying)::text]))) OR (ended_at IS NOT NULL)) AND (1 = (
CASE
    WHEN (NOT ((state)::text = ANY (ARRAY[('cancelled'::character varying)::text, ('impossible'::character varying)::text, ('returned'::character varying)::text]))) THEN 1
    ELSE 0
END +
CASE
    WHEN (ended_at IS NOT NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT circulation_order_is_somebodys CHECK (((patron_id IS NOT NULL) OR ((state)::text = ANY (ARRAY[('cancelled'::character varying)::text, ('impossible'::character varying)::text, ('returned'::character varying)::text]))))
);
ALTER TABLE circulation_bookorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_bookorder_id_seq);
CREATE TABLE circulation_campaignloan (
    id bigint NOT NULL,
    reader integer NOT NULL,
    asked_on date NOT NULL,
    back_on date,
    loan_id bigint NOT NULL,
    node_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    CONSTRAINT circulation_campaignloan_reader_check CHECK ((reader >= 0))
);
ALTER TABLE circulation_campaignloan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_campaignloan_id_seq);
CREATE TABLE circulation_compensation (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    day date NOT NULL,
    by character varying(64) NOT NULL,
    match character varying(8) NOT NULL,
    reason character varying(200) NOT NULL,
    settled_fen bigint NOT NULL,
    key character varying(80) NOT NULL,
    loan_id bigint NOT NULL,
    lost_item_id bigint NOT NULL,
    new_item_id bigint NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_compensation_settled_fen_check CHECK ((settled_fen >= 0)),
    CONSTRAINT circulation_compensation_two_copies CHECK ((NOT (lost_item_id = new_item_id))),
    CONSTRAINT circulation_unfit_copy_has_a_reason CHECK ((((match)::text = ANY (ARRAY[('same'::character varying)::text, ('newer'::character varying)::text])) OR (NOT ((reason)::text = ''::text))))
);
ALTER TABLE circulation_compensation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_compensation_id_seq);
CREATE TABLE circulation_crate (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by character varying(64) NOT NULL,
    sent_at timestamp with time zone,
    run character varying(60) NOT NULL,
    received_at timestamp with time zone,
    received_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    from_node_id bigint NOT NULL,
    to_node_id bigint NOT NULL,
    CONSTRAINT circulation_crate_goes_elsewhere CHECK ((NOT (from_node_id = to_node_id))),
    CONSTRAINT circulation_crate_received_after_sent CHECK (((received_at IS NULL) OR (sent_at IS NOT NULL)))
);
ALTER TABLE circulation_crate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_crate_id_seq);
CREATE TABLE circulation_driftbook (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    title character varying(300) NOT NULL,
    author character varying(200) NOT NULL,
    isbn character varying(20) NOT NULL,
    origin character varying(10) NOT NULL,
    released_on date NOT NULL,
    ended_on date,
    times_taken integer NOT NULL,
    note character varying(200) NOT NULL,
    item_id bigint,
    point_id bigint,
    CONSTRAINT circulation_driftbook_times_taken_check CHECK ((times_taken >= 0)),
    CONSTRAINT circulation_ended_book_is_nowhere CHECK (((ended_on IS NULL) OR (point_id IS NULL)))
);
ALTER TABLE circulation_driftbook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_driftbook_id_seq);
CREATE TABLE circulation_driftmove (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    act character varying(10) NOT NULL,
    quantity integer NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    replaced_at timestamp with time zone,
    key character varying(80) NOT NULL,
    book_id bigint,
    point_id bigint NOT NULL,
    CONSTRAINT circulation_drift_scan_is_one CHECK (((book_id IS NULL) OR (quantity = 1))),
    CONSTRAINT circulation_driftmove_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE circulation_driftmove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_driftmove_id_seq);
CREATE TABLE circulation_driftpoint (
    id bigint NOT NULL,
    words jsonb NOT NULL,
    place character varying(200) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_drift_point_span CHECK (((until_day IS NULL) OR (until_day >= from_day)))
);
ALTER TABLE circulation_driftpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_driftpoint_id_seq);
CREATE TABLE circulation_duedatemove (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    start date NOT NULL,
    "end" date NOT NULL,
    due_again date NOT NULL,
    reason character varying(200) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    finished_at timestamp with time zone,
    undone_at timestamp with time zone,
    undone_by character varying(64) NOT NULL,
    undo_finished_at timestamp with time zone,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_closure_in_order CHECK (((due_again >= "end") AND ("end" > start)))
);
ALTER TABLE circulation_duedatemove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_duedatemove_id_seq);
CREATE TABLE circulation_duty (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    starts time without time zone NOT NULL,
    ends time without time zone NOT NULL,
    absent_for character varying(100) NOT NULL,
    off_at timestamp with time zone,
    key character varying(120) NOT NULL,
    covers_id bigint,
    staff_id bigint NOT NULL,
    post_id bigint NOT NULL,
    CONSTRAINT circulation_duty_in_order CHECK ((ends > starts))
);
ALTER TABLE circulation_duty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_duty_id_seq);
CREATE TABLE circulation_dutyswap (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    key character varying(80) NOT NULL,
    mine_id bigint NOT NULL,
    theirs_id bigint NOT NULL,
    CONSTRAINT circulation_swap_of_two CHECK ((NOT (mine_id = theirs_id)))
);
ALTER TABLE circulation_dutyswap ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_dutyswap_id_seq);
CREATE TABLE circulation_emptiedbox (
    id bigint NOT NULL,
    device character varying(60) NOT NULL,
    emptied_at timestamp with time zone NOT NULL,
    emptied_by character varying(64) NOT NULL,
    expected integer NOT NULL,
    missing jsonb NOT NULL,
    beside integer NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_emptiedbox_beside_check CHECK ((beside >= 0)),
    CONSTRAINT circulation_emptiedbox_expected_check CHECK ((expected >= 0))
);
ALTER TABLE circulation_emptiedbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_emptiedbox_id_seq);
CREATE TABLE circulation_grouploan (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    name character varying(60) NOT NULL,
    persons integer,
    made_at timestamp with time zone NOT NULL,
    made_on date NOT NULL,
    made_by character varying(64) NOT NULL,
    key character varying(60) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_grouploan_persons_check CHECK ((persons >= 0))
);
ALTER TABLE circulation_grouploan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_grouploan_id_seq);
CREATE TABLE circulation_grouploanitem (
    id bigint NOT NULL,
    group_id bigint NOT NULL,
    loan_id bigint NOT NULL
);
ALTER TABLE circulation_grouploanitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_grouploanitem_id_seq);
CREATE TABLE circulation_handing (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    handed_by character varying(64) NOT NULL,
    returned_at timestamp with time zone,
    returned_by character varying(64) NOT NULL,
    note character varying(200) NOT NULL,
    key character varying(80) NOT NULL,
    item_id bigint NOT NULL,
    request_id bigint,
    session_id bigint NOT NULL
);
ALTER TABLE circulation_handing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_handing_id_seq);
CREATE TABLE circulation_inhouseuse (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    quantity integer NOT NULL,
    key character varying(80) NOT NULL,
    replaced_at timestamp with time zone,
    department_id bigint,
    item_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_inhouseuse_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT circulation_scan_is_one CHECK (((item_id IS NULL) OR (quantity = 1))),
    CONSTRAINT circulation_tally_has_a_department CHECK (((item_id IS NOT NULL) OR (department_id IS NOT NULL)))
);
ALTER TABLE circulation_inhouseuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_inhouseuse_id_seq);
CREATE TABLE circulation_journalline (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    device character varying(40) NOT NULL,
    act character varying(12) NOT NULL,
    happened_at timestamp with time zone,
    received_at timestamp with time zone NOT NULL,
    by character varying(200) NOT NULL,
    sent_by character varying(64) NOT NULL,
    told jsonb,
    text text NOT NULL,
    state character varying(12) NOT NULL,
    problem character varying(20) NOT NULL,
    is_recorded boolean NOT NULL,
    ends_nothing boolean NOT NULL,
    found jsonb NOT NULL,
    said jsonb NOT NULL,
    accepted jsonb NOT NULL,
    item_key character varying(200) NOT NULL,
    decision character varying(12) NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(64) NOT NULL,
    reason character varying(200) NOT NULL,
    node_id bigint,
    card_key character varying(80) NOT NULL,
    CONSTRAINT circulation_decided_line_is_whole CHECK ((((state)::text = ANY (ARRAY[('recorded'::character varying)::text, ('waiting'::character varying)::text])) OR (decided_at IS NOT NULL))),
    CONSTRAINT circulation_waiting_line_has_a_problem CHECK (((NOT ((state)::text = 'waiting'::text)) OR (NOT ((problem)::text = ''::text))))
);
ALTER TABLE circulation_journalline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_journalline_id_seq);
CREATE TABLE circulation_lendingtally (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    from_day date NOT NULL,
    day date NOT NULL,
    loans integer NOT NULL,
    persons integer NOT NULL,
    told_by character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    replaced_at timestamp with time zone,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_lendingtally_loans_check CHECK ((loans >= 0)),
    CONSTRAINT circulation_lendingtally_persons_check CHECK ((persons >= 0)),
    CONSTRAINT circulation_tally_days_in_order CHECK ((from_day <= day)),
    CONSTRAINT circulation_tally_persons_borrow CHECK ((persons <= loans))
);
ALTER TABLE circulation_lendingtally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_lendingtally_id_seq);
CREATE TABLE circulation_loan (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    reader_category character varying(40) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    rule_version integer NOT NULL,
    lent_at timestamp with time zone NOT NULL,
    lent_on date NOT NULL,
    lent_by character varying(64) NOT NULL,
    out_key character varying(80) NOT NULL,
    due_on date NOT NULL,
    renewals smallint NOT NULL,
    returned_at timestamp with time zone,
    returned_on date,
    returned_by character varying(64) NOT NULL,
    in_key character varying(80),
    returns_undone smallint NOT NULL,
    overdue_days smallint,
    cancelled_at timestamp with time zone,
    item_id bigint NOT NULL,
    lent_node_id bigint NOT NULL,
    patron_id bigint,
    returned_node_id bigint,
    claimed_on date,
    ended_as character varying(8) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT circulation_due_after_lent CHECK ((due_on >= lent_on)),
    CONSTRAINT circulation_loan_overdue_days_check CHECK ((overdue_days >= 0)),
    CONSTRAINT circulation_loan_renewals_check CHECK ((renewals >= 0)),
    CONSTRAINT circulation_loan_returns_undone_check CHECK ((returns_undone >= 0)),
    CONSTRAINT circulation_not_returned_and_cancelled CHECK (((returned_at IS NULL) OR (cancelled_at IS NULL))),
    CONSTRAINT circulation_open_loan_has_a_reader CHECK (((patron_id IS NOT NULL) OR (NOT ((cancelled_at IS NULL) AND (returned_at IS NULL))))),
    CONSTRAINT circulation_return_is_whole CHECK ((((overdue_days IS NULL) AND (returned_at IS NULL) AND (returned_node_id IS NULL) AND (returned_on IS NULL)) OR ((overdue_days IS NOT NULL) AND (returned_at IS NOT NULL) AND (returned_node_id IS NOT NULL) AND (returned_on IS NOT NULL))))
);
ALTER TABLE circulation_loan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_loan_id_seq);
CREATE TABLE circulation_loanrule (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    words jsonb NOT NULL,
    category character varying(40) NOT NULL,
    material character varying(20) NOT NULL,
    loan_days smallint,
    renewals smallint,
    renewal_days smallint,
    renew_from character varying(8),
    floats boolean,
    from_day date NOT NULL,
    until_day date,
    node_id bigint NOT NULL,
    owner_id bigint,
    hub_id bigint,
    fixed_due_on date,
    fixed_due character varying(8),
    loan_limit smallint,
    credit_floor integer,
    owed_limit_fen bigint,
    hold_days smallint,
    reservations smallint,
    float_limit smallint,
    recall_days smallint,
    renews_itself boolean,
    CONSTRAINT circulation_loanrule_credit_floor_check CHECK ((credit_floor >= 0)),
    CONSTRAINT circulation_loanrule_float_limit_check CHECK ((float_limit >= 0)),
    CONSTRAINT circulation_loanrule_hold_days_check CHECK ((hold_days >= 0)),
    CONSTRAINT circulation_loanrule_loan_days_check CHECK ((loan_days >= 0)),
    CONSTRAINT circulation_loanrule_loan_limit_check CHECK ((loan_limit >= 0)),
    CONSTRAINT circulation_loanrule_owed_limit_fen_check CHECK ((owed_limit_fen >= 0)),
    CONSTRAINT circulation_loanrule_recall_days_check CHECK ((recall_days >= 0)),
    CONSTRAINT circulation_loanrule_renewal_days_check CHECK ((renewal_days >= 0)),
    CONSTRAINT circulation_loanrule_renewals_check CHECK ((renewals >= 0)),
    CONSTRAINT circulation_loanrule_reservations_check CHECK ((reservations >= 0)),
    CONSTRAINT circulation_rule_days_in_order CHECK (((until_day IS NULL) OR (until_day >= from_day))),
    CONSTRAINT circulation_rule_fixed_day_is_whole CHECK ((((fixed_due_on IS NULL) OR (fixed_due IS NOT NULL)) AND (1 = (
CASE
    WHEN (fixed_due_on IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (fixed_due IS NOT NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT circulation_rule_lends_a_day CHECK (((loan_days IS NULL) OR (loan_days >= 1)))
);
ALTER TABLE circulation_loanrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_loanrule_id_seq);
CREATE TABLE circulation_materialrequest (
    id bigint NOT NULL,
    purpose character varying(300) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by character varying(64) NOT NULL,
    is_granted boolean,
    decided_at timestamp with time zone,
    decided_by character varying(64) NOT NULL,
    answer character varying(300) NOT NULL,
    valid_until date,
    key character varying(80) NOT NULL,
    item_id bigint NOT NULL,
    patron_id bigint NOT NULL,
    room_id bigint NOT NULL,
    CONSTRAINT circulation_request_two_people CHECK ((NOT ((asked_by)::text = (decided_by)::text)))
);
ALTER TABLE circulation_materialrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_materialrequest_id_seq);
CREATE TABLE circulation_movedloan (
    id bigint NOT NULL,
    due_before date NOT NULL,
    due_on date NOT NULL,
    restored boolean,
    loan_id bigint NOT NULL,
    move_id bigint NOT NULL,
    CONSTRAINT circulation_move_lengthens CHECK ((due_on > due_before))
);
ALTER TABLE circulation_movedloan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_movedloan_id_seq);
CREATE TABLE circulation_moveorder (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(64) NOT NULL,
    sent_at timestamp with time zone,
    dropped_at timestamp with time zone,
    key character varying(120) NOT NULL,
    from_node_id bigint NOT NULL,
    item_id bigint NOT NULL,
    to_node_id bigint NOT NULL
);
ALTER TABLE circulation_moveorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_moveorder_id_seq);
CREATE TABLE circulation_ordercopy (
    id bigint NOT NULL,
    loan_id bigint,
    reservation_id bigint,
    line_id bigint NOT NULL,
    CONSTRAINT circulation_order_copy_is_picked_or_lent CHECK ((((reservation_id IS NULL) OR (loan_id IS NULL)) AND (1 = (
CASE
    WHEN (reservation_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (loan_id IS NULL) THEN 1
    ELSE 0
END))))
);
ALTER TABLE circulation_ordercopy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_ordercopy_id_seq);
CREATE TABLE circulation_orderline (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    text character varying(300) NOT NULL,
    class_number character varying(20) NOT NULL,
    age_from smallint,
    age_to smallint,
    wanted smallint NOT NULL,
    order_id bigint NOT NULL,
    record_id bigint,
    CONSTRAINT circulation_order_line_wants CHECK ((wanted >= 1)),
    CONSTRAINT circulation_orderline_age_from_check CHECK ((age_from >= 0)),
    CONSTRAINT circulation_orderline_age_to_check CHECK ((age_to >= 0)),
    CONSTRAINT circulation_orderline_position_check CHECK (("position" >= 0)),
    CONSTRAINT circulation_orderline_wanted_check CHECK ((wanted >= 0))
);
ALTER TABLE circulation_orderline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_orderline_id_seq);
CREATE TABLE circulation_orderstep (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(12) NOT NULL,
    by character varying(64) NOT NULL,
    note character varying(300) NOT NULL,
    told boolean NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE circulation_orderstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_orderstep_id_seq);
CREATE TABLE circulation_paperline (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    what character varying(8) NOT NULL,
    day date NOT NULL,
    day_written character varying(40) NOT NULL,
    reader_written character varying(80) NOT NULL,
    item_written character varying(200) NOT NULL,
    line_key character varying(64) NOT NULL,
    quantity integer NOT NULL,
    journal_uid uuid,
    entered_at timestamp with time zone NOT NULL,
    entered_on date NOT NULL,
    by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    struck_at timestamp with time zone,
    struck_reason character varying(200) NOT NULL,
    item_id bigint,
    node_id bigint NOT NULL,
    patron_id bigint,
    page_id bigint,
    CONSTRAINT circulation_paper_counts CHECK ((quantity > 0)),
    CONSTRAINT circulation_paperline_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE circulation_paperline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_paperline_id_seq);
CREATE TABLE circulation_paperpage (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    month date NOT NULL,
    number character varying(20) NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    stored_file_id bigint
);
ALTER TABLE circulation_paperpage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_paperpage_id_seq);
CREATE TABLE circulation_placebooking (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    starts timestamp with time zone NOT NULL,
    ends timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    patron_id bigint,
    place_id bigint NOT NULL,
    room_id bigint NOT NULL,
    session_id bigint,
    CONSTRAINT circulation_booking_in_order CHECK ((ends > starts))
);
ALTER TABLE circulation_placebooking ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_placebooking_id_seq);
CREATE TABLE circulation_post (
    id bigint NOT NULL,
    words jsonb NOT NULL,
    people smallint NOT NULL,
    has_till boolean NOT NULL,
    from_day date NOT NULL,
    until_day date,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_post_is_kept CHECK (((people >= 1) AND (people <= 20))),
    CONSTRAINT circulation_post_people_check CHECK ((people >= 0)),
    CONSTRAINT circulation_post_span CHECK (((until_day IS NULL) OR (until_day >= from_day)))
);
ALTER TABLE circulation_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_post_id_seq);
CREATE TABLE circulation_readingplace (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    kind character varying(10) NOT NULL,
    is_out_of_order boolean NOT NULL,
    room_id bigint NOT NULL
);
ALTER TABLE circulation_readingplace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_readingplace_id_seq);
CREATE TABLE circulation_readingroom (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    takes_anonymous boolean NOT NULL,
    gives_places boolean NOT NULL,
    minor_minutes smallint,
    school_from time without time zone,
    school_until time without time zone,
    school_days jsonb NOT NULL,
    vacations jsonb NOT NULL,
    guardian_under smallint,
    needs_approval boolean NOT NULL,
    since date NOT NULL,
    department_id bigint NOT NULL,
    booking_days smallint NOT NULL,
    slot_minutes smallint NOT NULL,
    CONSTRAINT circulation_readingroom_booking_days_check CHECK ((booking_days >= 0)),
    CONSTRAINT circulation_readingroom_guardian_under_check CHECK ((guardian_under >= 0)),
    CONSTRAINT circulation_readingroom_minor_minutes_check CHECK ((minor_minutes >= 0)),
    CONSTRAINT circulation_readingroom_slot_minutes_check CHECK ((slot_minutes >= 0)),
    CONSTRAINT circulation_school_hours_are_whole CHECK ((((school_from IS NULL) AND (school_until IS NULL)) OR ((school_from IS NOT NULL) AND (school_until > school_from))))
);
ALTER TABLE circulation_readingroom ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_readingroom_id_seq);
CREATE TABLE circulation_readingsession (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    persons smallint NOT NULL,
    with_guardian boolean NOT NULL,
    day date NOT NULL,
    started_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    ended_at timestamp with time zone,
    minutes integer NOT NULL,
    by character varying(64) NOT NULL,
    ended_by character varying(64) NOT NULL,
    cancelled_at timestamp with time zone,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    patron_id bigint,
    place_id bigint,
    room_id bigint NOT NULL,
    CONSTRAINT circulation_readingsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT circulation_readingsession_persons_check CHECK ((persons >= 0)),
    CONSTRAINT circulation_session_of_somebody CHECK ((persons > 0))
);
ALTER TABLE circulation_readingsession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_readingsession_id_seq);
CREATE TABLE circulation_recall (
    id bigint NOT NULL,
    recalled_at timestamp with time zone NOT NULL,
    recalled_by character varying(64) NOT NULL,
    due_before date NOT NULL,
    due_on date NOT NULL,
    withdrawn_at timestamp with time zone,
    key character varying(80) NOT NULL,
    loan_id bigint NOT NULL,
    reservation_id bigint NOT NULL,
    CONSTRAINT circulation_recall_shortens CHECK ((due_on <= due_before))
);
ALTER TABLE circulation_recall ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_recall_id_seq);
CREATE TABLE circulation_recallcampaign (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    name character varying(60) NOT NULL,
    due_before date NOT NULL,
    categories jsonb NOT NULL,
    price_li integer NOT NULL,
    begun_on date NOT NULL,
    until date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    told_at timestamp with time zone,
    ended_on date,
    ended_by character varying(64) NOT NULL,
    settled_at timestamp with time zone,
    amnesty_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_campaign_in_order CHECK ((until >= begun_on)),
    CONSTRAINT circulation_recallcampaign_price_li_check CHECK ((price_li >= 0))
);
ALTER TABLE circulation_recallcampaign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_recallcampaign_id_seq);
CREATE TABLE circulation_renewal (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    renewed_at timestamp with time zone NOT NULL,
    renewed_on date NOT NULL,
    renewed_by character varying(64) NOT NULL,
    initiative character varying(12) NOT NULL,
    key character varying(80) NOT NULL,
    due_before date NOT NULL,
    due_on date NOT NULL,
    cancelled_at timestamp with time zone,
    loan_id bigint NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_renewal_lengthens CHECK ((due_on > due_before))
);
ALTER TABLE circulation_renewal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_renewal_id_seq);
CREATE TABLE circulation_reservation (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_on date NOT NULL,
    made_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    suspended_until date,
    assigned_at timestamp with time zone,
    passed_over jsonb NOT NULL,
    recalled_at timestamp with time zone,
    ready_on date,
    pick_up_by date,
    ended_at timestamp with time zone,
    ended_by character varying(64) NOT NULL,
    assigned_id bigint,
    item_id bigint,
    loan_id bigint,
    made_node_id bigint NOT NULL,
    patron_id bigint,
    pickup_id bigint NOT NULL,
    record_id bigint NOT NULL,
    trapped_id bigint,
    within_id bigint,
    CONSTRAINT circulation_ready_has_a_last_day CHECK (((NOT ((state)::text = 'ready'::text)) OR ((pick_up_by IS NOT NULL) AND (ready_on IS NOT NULL)))),
    CONSTRAINT circulation_reservation_ends_once CHECK (((((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('to_pick'::character varying)::text, ('on_the_way'::character varying)::text, ('ready'::character varying)::text])) OR (ended_at IS NOT NULL)) AND (1 = (
CASE
    WHEN ((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('to_pick'::character varying)::text, ('on_the_way'::character varying)::text, ('ready'::character varying)::text])) THEN 1
    ELSE 0
END +
CASE
    WHEN (ended_at IS NOT NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT circulation_reservation_holds_a_copy CHECK (((NOT ((state)::text = ANY (ARRAY[('to_pick'::character varying)::text, ('on_the_way'::character varying)::text, ('ready'::character varying)::text]))) OR (assigned_id IS NOT NULL))),
    CONSTRAINT circulation_reservation_waits_for_somebody CHECK (((patron_id IS NOT NULL) OR (NOT ((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('to_pick'::character varying)::text, ('on_the_way'::character varying)::text, ('ready'::character varying)::text])))))
);
ALTER TABLE circulation_reservation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_reservation_id_seq);
CREATE TABLE circulation_themedset (
    id bigint NOT NULL,
    words jsonb NOT NULL,
    about jsonb NOT NULL,
    from_day date NOT NULL,
    until_day date,
    made_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT circulation_themed_set_span CHECK (((until_day IS NULL) OR (until_day >= from_day)))
);
ALTER TABLE circulation_themedset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_themedset_id_seq);
CREATE TABLE circulation_themedsettitle (
    id bigint NOT NULL,
    copies smallint NOT NULL,
    record_id bigint NOT NULL,
    themed_id bigint NOT NULL,
    CONSTRAINT circulation_set_title_has_copies CHECK ((copies >= 1)),
    CONSTRAINT circulation_themedsettitle_copies_check CHECK ((copies >= 0))
);
ALTER TABLE circulation_themedsettitle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_themedsettitle_id_seq);
CREATE TABLE circulation_transit (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    arrived_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    arrived_node_id bigint,
    from_node_id bigint NOT NULL,
    item_id bigint NOT NULL,
    loan_id bigint,
    to_node_id bigint NOT NULL,
    lost_at timestamp with time zone,
    crate_id bigint
);
ALTER TABLE circulation_transit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_transit_id_seq);
CREATE TABLE circulation_undoing (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    undone_key character varying(80) NOT NULL,
    act character varying(12) NOT NULL,
    undone_at timestamp with time zone NOT NULL,
    undone_by character varying(64) NOT NULL,
    loan_id bigint NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE circulation_undoing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME circulation_undoing_id_seq);
CREATE TABLE credit_amnesty (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    from_day date NOT NULL,
    until_day date NOT NULL,
    restores boolean NOT NULL,
    waives_charges boolean NOT NULL,
    basis character varying(200) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by character varying(60) NOT NULL,
    approved_at timestamp with time zone,
    approved_by character varying(60) NOT NULL,
    key character varying(120) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT credit_amnesty_in_order CHECK ((until_day > from_day)),
    CONSTRAINT credit_amnesty_two_people CHECK ((NOT ((asked_by)::text = (approved_by)::text)))
);
ALTER TABLE credit_amnesty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_amnesty_id_seq);
CREATE TABLE credit_amnestychange (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    operator character varying(60) NOT NULL,
    until_before date NOT NULL,
    until_after date NOT NULL,
    reason character varying(200) NOT NULL,
    amnesty_id bigint NOT NULL
);
ALTER TABLE credit_amnestychange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_amnestychange_id_seq);
CREATE TABLE credit_approval (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    amount_fen bigint NOT NULL,
    reason character varying(200) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by character varying(60) NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(60) NOT NULL,
    is_granted boolean,
    answer character varying(200) NOT NULL,
    done_at timestamp with time zone,
    key character varying(120) NOT NULL,
    node_id bigint NOT NULL,
    patron_id bigint NOT NULL,
    charge_id bigint,
    CONSTRAINT credit_approval_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT credit_approval_done_when_granted CHECK (((done_at IS NULL) OR is_granted)),
    CONSTRAINT credit_approval_of_a_sum CHECK ((amount_fen > 0)),
    CONSTRAINT credit_approval_two_people CHECK ((NOT ((asked_by)::text = (decided_by)::text)))
);
ALTER TABLE credit_approval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_approval_id_seq);
CREATE TABLE credit_charge (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    amount_fen bigint NOT NULL,
    open_fen bigint NOT NULL,
    paid_fen bigint NOT NULL,
    price_fen bigint,
    days_late integer,
    at timestamp with time zone NOT NULL,
    day date NOT NULL,
    operator character varying(60) NOT NULL,
    source character varying(120) NOT NULL,
    item character varying(300) NOT NULL,
    key character varying(160) NOT NULL,
    node_id bigint NOT NULL,
    patron_id bigint NOT NULL,
    rule_id bigint,
    CONSTRAINT credit_charge_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT credit_charge_days_late_check CHECK ((days_late >= 0)),
    CONSTRAINT credit_charge_in_bounds CHECK (((amount_fen > 0) AND (open_fen <= amount_fen) AND (paid_fen <= amount_fen))),
    CONSTRAINT credit_charge_open_fen_check CHECK ((open_fen >= 0)),
    CONSTRAINT credit_charge_paid_fen_check CHECK ((paid_fen >= 0)),
    CONSTRAINT credit_charge_price_fen_check CHECK ((price_fen >= 0))
);
ALTER TABLE credit_charge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_charge_id_seq);
CREATE TABLE credit_dayclose (
    id bigint NOT NULL,
    day date NOT NULL,
    number character varying(30) NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    closed_by character varying(60) NOT NULL,
    sums jsonb NOT NULL,
    cash_fen bigint NOT NULL,
    receipts integer NOT NULL,
    voided integer NOT NULL,
    received_at timestamp with time zone,
    received_by character varying(60) NOT NULL,
    received_fen bigint,
    note character varying(200) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT credit_day_two_people CHECK ((NOT ((closed_by)::text = (received_by)::text))),
    CONSTRAINT credit_dayclose_receipts_check CHECK ((receipts >= 0)),
    CONSTRAINT credit_dayclose_voided_check CHECK ((voided >= 0))
);
ALTER TABLE credit_dayclose ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_dayclose_id_seq);
CREATE TABLE credit_depositclosing (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    basis character varying(200) NOT NULL,
    from_day date NOT NULL,
    readers integer NOT NULL,
    deposits_fen bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by character varying(60) NOT NULL,
    approved_at timestamp with time zone,
    approved_by character varying(60) NOT NULL,
    key character varying(120) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT credit_closing_two_people CHECK ((NOT ((asked_by)::text = (approved_by)::text))),
    CONSTRAINT credit_depositclosing_deposits_fen_check CHECK ((deposits_fen >= 0)),
    CONSTRAINT credit_depositclosing_readers_check CHECK ((readers >= 0))
);
ALTER TABLE credit_depositclosing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_depositclosing_id_seq);
CREATE TABLE credit_depositnotice (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    operator character varying(60) NOT NULL,
    how character varying(12) NOT NULL,
    note character varying(200) NOT NULL,
    key character varying(120) NOT NULL,
    closing_id bigint,
    patron_id bigint NOT NULL
);
ALTER TABLE credit_depositnotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_depositnotice_id_seq);
CREATE TABLE credit_drawer (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    closed_on date,
    node_id bigint NOT NULL
);
ALTER TABLE credit_drawer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_drawer_id_seq);
CREATE TABLE credit_guarantee (
    id bigint NOT NULL,
    provider character varying(20) NOT NULL,
    own_order character varying(40) NOT NULL,
    "order" character varying(64) NOT NULL,
    state character varying(12) NOT NULL,
    amount_fen bigint NOT NULL,
    harm_fen bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    consented_at timestamp with time zone,
    ended_at timestamp with time zone,
    expires_on date NOT NULL,
    patron_id bigint NOT NULL,
    CONSTRAINT credit_guarantee_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT credit_guarantee_harm_fen_check CHECK ((harm_fen >= 0)),
    CONSTRAINT credit_harm_within_guarantee CHECK ((harm_fen <= amount_fen))
);
ALTER TABLE credit_guarantee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_guarantee_id_seq);
CREATE TABLE credit_moneyentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    day date NOT NULL,
    operator character varying(60) NOT NULL,
    kind character varying(20) NOT NULL,
    means character varying(10) NOT NULL,
    money_fen bigint NOT NULL,
    deposit_fen bigint NOT NULL,
    owed_fen bigint NOT NULL,
    voucher character varying(40) NOT NULL,
    reason character varying(200) NOT NULL,
    key character varying(160) NOT NULL,
    amnesty_id bigint,
    approval_id bigint,
    charge_id bigint,
    node_id bigint NOT NULL,
    patron_id bigint,
    reverses_id bigint,
    receipt_id bigint,
    shift_id bigint,
    CONSTRAINT credit_balances_have_a_reader CHECK ((((deposit_fen = 0) AND (owed_fen = 0)) OR (patron_id IS NOT NULL))),
    CONSTRAINT credit_debt_has_a_charge CHECK (((owed_fen = 0) OR (charge_id IS NOT NULL))),
    CONSTRAINT credit_money_has_means CHECK (((((means)::text = ''::text) AND (money_fen = 0)) OR ((NOT (money_fen = 0)) AND (NOT ((means)::text = ''::text)))))
);
ALTER TABLE credit_moneyentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_moneyentry_id_seq);
CREATE TABLE credit_pointentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    day date NOT NULL,
    operator character varying(60) NOT NULL,
    cause character varying(20) NOT NULL,
    points integer NOT NULL,
    balance integer NOT NULL,
    waived integer NOT NULL,
    source character varying(120) NOT NULL,
    reason character varying(200) NOT NULL,
    key character varying(160) NOT NULL,
    amnesty_id bigint,
    node_id bigint NOT NULL,
    patron_id bigint NOT NULL,
    reverses_id bigint,
    rule_id bigint,
    CONSTRAINT credit_balance_not_negative CHECK ((balance >= 0)),
    CONSTRAINT credit_pointentry_waived_check CHECK ((waived >= 0))
);
ALTER TABLE credit_pointentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_pointentry_id_seq);
CREATE TABLE credit_receipt (
    id bigint NOT NULL,
    number bigint NOT NULL,
    text character varying(40) NOT NULL,
    state character varying(10) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    day date NOT NULL,
    operator character varying(60) NOT NULL,
    money_fen bigint NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying(60) NOT NULL,
    void_reason character varying(200) NOT NULL,
    close_id bigint,
    patron_id bigint,
    book_id bigint NOT NULL,
    CONSTRAINT credit_receipt_number_check CHECK ((number >= 0)),
    CONSTRAINT credit_voided_says_why CHECK (((((state)::text = 'issued'::text) AND (voided_at IS NULL)) OR (((state)::text = 'voided'::text) AND (voided_at IS NOT NULL) AND (NOT ((void_reason)::text = ''::text)))))
);
ALTER TABLE credit_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_receipt_id_seq);
CREATE TABLE credit_receiptbook (
    id bigint NOT NULL,
    prefix character varying(20) NOT NULL,
    width smallint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    next bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    entered_by character varying(60) NOT NULL,
    handed_at timestamp with time zone,
    handed_by character varying(60) NOT NULL,
    drawer_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT credit_receiptbook_first_check CHECK ((first >= 0)),
    CONSTRAINT credit_receiptbook_last_check CHECK ((last >= 0)),
    CONSTRAINT credit_receiptbook_next_check CHECK ((next >= 0)),
    CONSTRAINT credit_receiptbook_width_check CHECK ((width >= 0)),
    CONSTRAINT credit_receipts_in_range CHECK (((first <= last) AND (next >= first) AND (next <= (last + 1))))
);
ALTER TABLE credit_receiptbook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_receiptbook_id_seq);
CREATE TABLE credit_reminded (
    id bigint NOT NULL,
    source character varying(120) NOT NULL,
    days smallint NOT NULL,
    how character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    day date NOT NULL,
    operator character varying(60) NOT NULL,
    note character varying(200) NOT NULL,
    node_id bigint NOT NULL,
    patron_id bigint NOT NULL,
    run_id bigint
);
ALTER TABLE credit_reminded ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_reminded_id_seq);
CREATE TABLE credit_review (
    id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by character varying(60) NOT NULL,
    channel character varying(12) NOT NULL,
    words character varying(500) NOT NULL,
    state character varying(12) NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(60) NOT NULL,
    answer character varying(500) NOT NULL,
    points integer NOT NULL,
    key character varying(120) NOT NULL,
    entry_id bigint,
    patron_id bigint NOT NULL,
    CONSTRAINT credit_review_decided_once CHECK ((((decided_at IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (decided_at IS NOT NULL)))),
    CONSTRAINT credit_review_points_check CHECK ((points >= 0)),
    CONSTRAINT credit_review_two_people CHECK ((NOT ((asked_by)::text = (decided_by)::text)))
);
ALTER TABLE credit_review ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_review_id_seq);
CREATE TABLE credit_rule (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    words jsonb NOT NULL,
    category character varying(40) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    start_points integer,
    most_points integer,
    points jsonb NOT NULL,
    restore_points smallint NOT NULL,
    restore_days smallint NOT NULL,
    grace_days smallint NOT NULL,
    charge_fen integer NOT NULL,
    charge_cap_fen integer,
    suspend_days smallint NOT NULL,
    suspend_cap_days smallint,
    deposit_fen integer NOT NULL,
    compensation jsonb NOT NULL,
    refund_days smallint NOT NULL,
    reminders jsonb NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT credit_rule_charge_cap_fen_check CHECK ((charge_cap_fen >= 0)),
    CONSTRAINT credit_rule_charge_fen_check CHECK ((charge_fen >= 0)),
    CONSTRAINT credit_rule_days_in_order CHECK (((until_day IS NULL) OR (until_day >= from_day))),
    CONSTRAINT credit_rule_deposit_fen_check CHECK ((deposit_fen >= 0)),
    CONSTRAINT credit_rule_grace_days_check CHECK ((grace_days >= 0)),
    CONSTRAINT credit_rule_most_points_check CHECK ((most_points >= 0)),
    CONSTRAINT credit_rule_refund_days_check CHECK ((refund_days >= 0)),
    CONSTRAINT credit_rule_restore_days_check CHECK ((restore_days >= 0)),
    CONSTRAINT credit_rule_restore_points_check CHECK ((restore_points >= 0)),
    CONSTRAINT credit_rule_start_points_check CHECK ((start_points >= 0)),
    CONSTRAINT credit_rule_suspend_cap_days_check CHECK ((suspend_cap_days >= 0)),
    CONSTRAINT credit_rule_suspend_days_check CHECK ((suspend_days >= 0))
);
ALTER TABLE credit_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_rule_id_seq);
CREATE TABLE credit_shift (
    id bigint NOT NULL,
    operator character varying(60) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opening_fen bigint NOT NULL,
    opening_reason character varying(200) NOT NULL,
    closed_at timestamp with time zone,
    system_fen bigint,
    counted_fen bigint,
    reason character varying(200) NOT NULL,
    counts jsonb NOT NULL,
    signed_at timestamp with time zone,
    signed_by character varying(60) NOT NULL,
    key character varying(120) NOT NULL,
    drawer_id bigint NOT NULL,
    left_fen bigint,
    CONSTRAINT credit_difference_has_a_reason CHECK (((closed_at IS NULL) OR (counted_fen = system_fen) OR (NOT ((reason)::text = ''::text)))),
    CONSTRAINT credit_shift_counted_fen_check CHECK ((counted_fen >= 0)),
    CONSTRAINT credit_shift_left_fen_check CHECK ((left_fen >= 0)),
    CONSTRAINT credit_shift_opening_fen_check CHECK ((opening_fen >= 0)),
    CONSTRAINT credit_signed_after_closing CHECK (((signed_at IS NULL) OR (closed_at IS NOT NULL)))
);
ALTER TABLE credit_shift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_shift_id_seq);
CREATE TABLE credit_sliprun (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    day date NOT NULL,
    operator character varying(60) NOT NULL,
    by character varying(8) NOT NULL,
    per_sheet smallint NOT NULL,
    return_by date NOT NULL,
    readers integer NOT NULL,
    loans integer NOT NULL,
    key character varying(120) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT credit_sliprun_loans_check CHECK ((loans >= 0)),
    CONSTRAINT credit_sliprun_per_sheet_check CHECK ((per_sheet >= 0)),
    CONSTRAINT credit_sliprun_readers_check CHECK ((readers >= 0)),
    CONSTRAINT credit_slips_on_a_sheet CHECK ((per_sheet = ANY (ARRAY[2, 3])))
);
ALTER TABLE credit_sliprun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_sliprun_id_seq);
CREATE TABLE credit_stop (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    days integer NOT NULL,
    until_before date,
    until_after date NOT NULL,
    source character varying(120) NOT NULL,
    undone_at timestamp with time zone,
    patron_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    CONSTRAINT credit_stop_days_check CHECK ((days >= 0))
);
ALTER TABLE credit_stop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME credit_stop_id_seq);
CREATE TABLE demo_demo (
    id bigint NOT NULL,
    network character varying(40) NOT NULL,
    year smallint NOT NULL,
    scale character varying(20) NOT NULL,
    seed integer NOT NULL,
    staff jsonb NOT NULL,
    periodicals jsonb NOT NULL,
    CONSTRAINT demo_demo_year_check CHECK ((year >= 0))
);
ALTER TABLE demo_demo ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME demo_demo_id_seq);
CREATE TABLE demo_demostep (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    demo_id bigint NOT NULL
);
ALTER TABLE demo_demostep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME demo_demostep_id_seq);
CREATE TABLE digital_housenetwork (
    id bigint NOT NULL,
    range character varying(50) NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE digital_housenetwork ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME digital_housenetwork_id_seq);
CREATE TABLE digital_resource (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    code character varying(20) NOT NULL,
    words jsonb NOT NULL,
    kind character varying(12) NOT NULL,
    url character varying(500) NOT NULL,
    open_to character varying(10) NOT NULL,
    signs boolean NOT NULL,
    from_day date NOT NULL,
    until_day date,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE digital_resource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME digital_resource_id_seq);
CREATE TABLE digital_resourcepackage (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    words jsonb NOT NULL,
    volumes bigint NOT NULL,
    ownership character varying(8) NOT NULL,
    added_on date NOT NULL,
    ended_on date,
    node_id bigint NOT NULL,
    CONSTRAINT digital_package_holds_something CHECK ((volumes > 0)),
    CONSTRAINT digital_package_span CHECK (((ended_on IS NULL) OR (ended_on >= added_on))),
    CONSTRAINT digital_resourcepackage_volumes_check CHECK ((volumes >= 0))
);
ALTER TABLE digital_resourcepackage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME digital_resourcepackage_id_seq);
CREATE TABLE digital_suppliercount (
    id bigint NOT NULL,
    month date NOT NULL,
    items bigint NOT NULL,
    revision integer NOT NULL,
    resource_id bigint NOT NULL,
    CONSTRAINT digital_suppliercount_items_check CHECK ((items >= 0)),
    CONSTRAINT digital_suppliercount_revision_check CHECK ((revision >= 0))
);
ALTER TABLE digital_suppliercount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME digital_suppliercount_id_seq);
CREATE TABLE django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME django_content_type_id_seq);
CREATE TABLE django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME django_migrations_id_seq);
CREATE TABLE django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE facilities_entryact (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    persons smallint NOT NULL,
    is_in boolean NOT NULL,
    by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    slot_id bigint NOT NULL,
    CONSTRAINT facilities_entryact_persons_check CHECK ((persons >= 0))
);
ALTER TABLE facilities_entryact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_entryact_id_seq);
CREATE TABLE facilities_entrybooking (
    id bigint NOT NULL,
    day date NOT NULL,
    starts timestamp with time zone NOT NULL,
    ends timestamp with time zone NOT NULL,
    persons smallint NOT NULL,
    state character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    patron_id bigint,
    CONSTRAINT facilities_entry_for_somebody CHECK ((persons > 0)),
    CONSTRAINT facilities_entry_span CHECK ((ends > starts)),
    CONSTRAINT facilities_entrybooking_persons_check CHECK ((persons >= 0))
);
ALTER TABLE facilities_entrybooking ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_entrybooking_id_seq);
CREATE TABLE facilities_entryslotcount (
    id bigint NOT NULL,
    day date NOT NULL,
    starts timestamp with time zone NOT NULL,
    admitted integer NOT NULL,
    turned_away integer NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT facilities_entryslotcount_admitted_check CHECK ((admitted >= 0)),
    CONSTRAINT facilities_entryslotcount_turned_away_check CHECK ((turned_away >= 0))
);
ALTER TABLE facilities_entryslotcount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_entryslotcount_id_seq);
CREATE TABLE facilities_gate (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    words jsonb NOT NULL,
    direction character varying(8) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    department_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT facilities_gate_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
ALTER TABLE facilities_gate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_gate_id_seq);
CREATE TABLE facilities_gatecount (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    persons integer NOT NULL,
    origin character varying(8) NOT NULL,
    is_estimated boolean NOT NULL,
    method character varying(120) NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    passages integer,
    gate_id bigint NOT NULL,
    CONSTRAINT facilities_gatecount_passages_check CHECK ((passages >= 0)),
    CONSTRAINT facilities_gatecount_persons_check CHECK ((persons >= 0))
);
ALTER TABLE facilities_gatecount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_gatecount_id_seq);
CREATE TABLE facilities_machine (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    number character varying(40) NOT NULL,
    type character varying(40) NOT NULL,
    name character varying(120) NOT NULL,
    spot character varying(120) NOT NULL,
    state character varying(12) NOT NULL,
    serial character varying(80) NOT NULL,
    plate character varying(20) NOT NULL,
    bought_on date,
    price_fen bigint,
    fund character varying(120) NOT NULL,
    supplier character varying(120) NOT NULL,
    warranty_until date,
    note character varying(300) NOT NULL,
    since date NOT NULL,
    last_on date NOT NULL,
    revision integer NOT NULL,
    key character varying(120) NOT NULL,
    department_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT facilities_machine_price_fen_check CHECK ((price_fen >= 0)),
    CONSTRAINT facilities_machine_revision_check CHECK ((revision >= 0))
);
ALTER TABLE facilities_machine ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_machine_id_seq);
CREATE TABLE facilities_machinedeed (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    day date NOT NULL,
    spot character varying(120) NOT NULL,
    state character varying(12) NOT NULL,
    note character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    recorded jsonb NOT NULL,
    undone_at timestamp with time zone,
    key character varying(120) NOT NULL,
    undone_key character varying(120) NOT NULL,
    department_id bigint,
    machine_id bigint NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE facilities_machinedeed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_machinedeed_id_seq);
CREATE TABLE facilities_machinedevice (
    id bigint NOT NULL,
    device character varying(60) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    machine_id bigint NOT NULL,
    CONSTRAINT facilities_device_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
ALTER TABLE facilities_machinedevice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_machinedevice_id_seq);
CREATE TABLE facilities_opening (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    latitude double precision,
    longitude double precision,
    accuracy_m integer,
    no_position character varying(12) NOT NULL,
    metres_off integer,
    closed_at timestamp with time zone,
    closed_by character varying(64) NOT NULL,
    closed_key character varying(80),
    is_told boolean NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT facilities_open_before_closed CHECK (((closed_at IS NULL) OR (closed_at > opened_at))),
    CONSTRAINT facilities_opening_accuracy_m_check CHECK ((accuracy_m >= 0)),
    CONSTRAINT facilities_opening_metres_off_check CHECK ((metres_off >= 0)),
    CONSTRAINT facilities_position_or_why_not CHECK (((((latitude IS NOT NULL) AND (longitude IS NOT NULL)) OR (NOT ((no_position)::text = ''::text))) AND (1 = (
CASE
    WHEN ((latitude IS NOT NULL) AND (longitude IS NOT NULL)) THEN 1
    ELSE 0
END +
CASE
    WHEN (NOT ((no_position)::text = ''::text)) THEN 1
    ELSE 0
END))))
);
ALTER TABLE facilities_opening ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_opening_id_seq);
CREATE TABLE facilities_ownmachinetype (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    words jsonb NOT NULL
);
ALTER TABLE facilities_ownmachinetype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_ownmachinetype_id_seq);
CREATE TABLE facilities_roomcount (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    persons integer NOT NULL,
    origin character varying(8) NOT NULL,
    is_estimated boolean NOT NULL,
    method character varying(120) NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    department_id bigint NOT NULL,
    CONSTRAINT facilities_roomcount_persons_check CHECK ((persons >= 0))
);
ALTER TABLE facilities_roomcount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_roomcount_id_seq);
CREATE TABLE facilities_signingroom (
    id bigint NOT NULL,
    from_day date NOT NULL,
    until_day date,
    department_id bigint NOT NULL,
    CONSTRAINT facilities_signing_span CHECK (((until_day IS NULL) OR (until_day >= from_day)))
);
ALTER TABLE facilities_signingroom ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_signingroom_id_seq);
CREATE TABLE facilities_visittally (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    persons integer NOT NULL,
    by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    undone_at timestamp with time zone,
    undone_key character varying(80),
    node_id bigint NOT NULL,
    CONSTRAINT facilities_tally_counts_somebody CHECK ((persons > 0)),
    CONSTRAINT facilities_visittally_persons_check CHECK ((persons >= 0))
);
ALTER TABLE facilities_visittally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME facilities_visittally_id_seq);
CREATE TABLE files_storedfile (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    owner character varying(80) NOT NULL,
    name character varying(120) NOT NULL,
    content_type character varying(40) NOT NULL,
    size integer NOT NULL,
    digest character varying(64) NOT NULL,
    visibility character varying(8) NOT NULL,
    consent character varying(200) NOT NULL,
    keep_until date,
    stored_at timestamp with time zone NOT NULL,
    stored_by character varying(64) NOT NULL,
    key character varying(90) NOT NULL,
    gone_at timestamp with time zone,
    node_id bigint NOT NULL,
    CONSTRAINT files_storedfile_size_check CHECK ((size >= 0))
);
ALTER TABLE files_storedfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME files_storedfile_id_seq);
CREATE TABLE holdings_allocationplan (
    id bigint NOT NULL,
    names jsonb NOT NULL,
    in_turn boolean NOT NULL,
    shares jsonb NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE holdings_allocationplan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_allocationplan_id_seq);
CREATE TABLE holdings_ancientvolume (
    id bigint NOT NULL,
    item_id bigint NOT NULL,
    work_id bigint NOT NULL
);
ALTER TABLE holdings_ancientvolume ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_ancientvolume_id_seq);
CREATE TABLE holdings_ancientwork (
    id bigint NOT NULL,
    entry uuid NOT NULL,
    record_id bigint NOT NULL,
    owner_node_id bigint NOT NULL
);
ALTER TABLE holdings_ancientwork ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_ancientwork_id_seq);
CREATE TABLE holdings_barcodeseries (
    id bigint NOT NULL,
    prefix character varying(20) NOT NULL,
    digits smallint NOT NULL,
    scope character varying(20) NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    first_key character varying(40) NOT NULL,
    last_key character varying(40) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(60) NOT NULL,
    note character varying(100) NOT NULL,
    key character varying(100) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT holdings_barcodeseries_digits_check CHECK ((digits >= 0)),
    CONSTRAINT holdings_barcodeseries_first_check CHECK ((first >= 0)),
    CONSTRAINT holdings_barcodeseries_last_check CHECK ((last >= 0)),
    CONSTRAINT holdings_series_goes_up CHECK ((last >= first))
);
ALTER TABLE holdings_barcodeseries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_barcodeseries_id_seq);
CREATE TABLE holdings_batch (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    operator character varying(60) NOT NULL,
    changes jsonb NOT NULL,
    run_at timestamp with time zone,
    run_by character varying(60) NOT NULL,
    key character varying(120) NOT NULL,
    node_id bigint NOT NULL,
    undoes_id bigint
);
ALTER TABLE holdings_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_batch_id_seq);
CREATE TABLE holdings_batchline (
    id bigint NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    outcome character varying(10) NOT NULL,
    batch_id bigint NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT holdings_batch_outcome CHECK (((outcome)::text = ANY (ARRAY[(''::character varying)::text, ('done'::character varying)::text, ('skipped'::character varying)::text, ('refused'::character varying)::text])))
);
ALTER TABLE holdings_batchline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_batchline_id_seq);
CREATE TABLE holdings_bookentry (
    id bigint NOT NULL,
    direction character varying(4) NOT NULL,
    year smallint NOT NULL,
    number integer NOT NULL,
    day date NOT NULL,
    way character varying(20) NOT NULL,
    voucher character varying(60) NOT NULL,
    source character varying(100) NOT NULL,
    paid_sum_fen bigint,
    note character varying(200) NOT NULL,
    key character varying(160) NOT NULL,
    owner_node_id bigint NOT NULL,
    CONSTRAINT holdings_bookentry_number_check CHECK ((number >= 0)),
    CONSTRAINT holdings_bookentry_paid_sum_fen_check CHECK ((paid_sum_fen >= 0)),
    CONSTRAINT holdings_bookentry_year_check CHECK ((year >= 0))
);
ALTER TABLE holdings_bookentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_bookentry_id_seq);
CREATE TABLE holdings_callnumberscheme (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    names jsonb NOT NULL,
    book_numbers character varying(12) NOT NULL,
    author_table character varying(40) NOT NULL,
    node_id bigint NOT NULL,
    rules jsonb NOT NULL,
    lines jsonb NOT NULL,
    with_volume boolean NOT NULL,
    with_year boolean NOT NULL,
    with_copy boolean NOT NULL
);
ALTER TABLE holdings_callnumberscheme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_callnumberscheme_id_seq);
CREATE TABLE holdings_countfinding (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    barcode character varying(60) NOT NULL,
    resolution character varying(12) NOT NULL,
    resolved_at timestamp with time zone,
    resolved_by character varying(60) NOT NULL,
    item_id bigint,
    count_id bigint NOT NULL,
    CONSTRAINT holdings_finding_resolved_somehow CHECK ((((resolved_at IS NULL) OR (NOT ((resolution)::text = ''::text))) AND (1 = (
CASE
    WHEN (resolved_at IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (NOT ((resolution)::text = ''::text)) THEN 1
    ELSE 0
END))))
);
ALTER TABLE holdings_countfinding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_countfinding_id_seq);
CREATE TABLE holdings_countscan (
    id bigint NOT NULL,
    barcode character varying(60) NOT NULL,
    barcode_key character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL,
    operator character varying(60) NOT NULL,
    item_id bigint,
    count_id bigint NOT NULL,
    uid uuid
);
ALTER TABLE holdings_countscan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_countscan_id_seq);
CREATE TABLE holdings_item (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    barcode character varying(40) NOT NULL,
    barcode_key character varying(40) NOT NULL,
    barcode_scope character varying(20) NOT NULL,
    status character varying(16) NOT NULL,
    status_since date NOT NULL,
    lending character varying(12) NOT NULL,
    material character varying(20) NOT NULL,
    call_number character varying(60) NOT NULL,
    main_class character varying(4) NOT NULL,
    audience character varying(12) NOT NULL,
    language character varying(3) NOT NULL,
    volume character varying(60) NOT NULL,
    list_price_fen bigint,
    accession_number character varying(40) NOT NULL,
    accessioned_on date NOT NULL,
    accession_key character varying(100) NOT NULL,
    withdrawn_on date,
    withdrawal_reason character varying(200) NOT NULL,
    loans integer NOT NULL,
    department_id bigint,
    owner_node_id bigint NOT NULL,
    present_node_id bigint NOT NULL,
    record_id bigint NOT NULL,
    shelved_at_id bigint NOT NULL,
    call_key character varying(240) NOT NULL,
    entered_in_id bigint,
    left_in_id bigint,
    reserved boolean DEFAULT false NOT NULL,
    held_for_id bigint,
    CONSTRAINT holdings_item_list_price_fen_check CHECK ((list_price_fen >= 0)),
    CONSTRAINT holdings_item_loans_check CHECK ((loans >= 0)),
    CONSTRAINT holdings_known_status CHECK (((status)::text = ANY (ARRAY[('in_processing'::character varying)::text, ('in_handover'::character varying)::text, ('in_transfer'::character varying)::text, ('available'::character varying)::text, ('on_loan'::character varying)::text, ('in_transit'::character varying)::text, ('on_hold_shelf'::character varying)::text, ('searched_for'::character varying)::text, ('missing'::character varying)::text, ('lost'::character varying)::text, ('lost_on_the_way'::character varying)::text, ('damaged'::character varying)::text, ('in_repair'::character varying)::text, ('at_bindery'::character varying)::text, ('locked'::character varying)::text, ('set_aside'::character varying)::text, ('withdrawn'::character varying)::text]))),
    CONSTRAINT holdings_withdrawn_has_a_day CHECK (((((status)::text = 'withdrawn'::text) OR (withdrawn_on IS NULL)) AND (1 = (
CASE
    WHEN ((status)::text = 'withdrawn'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN (withdrawn_on IS NULL) THEN 1
    ELSE 0
END))))
)
WITH (fillfactor='80');
CREATE VIEW holdings_facts AS
 SELECT holdings_item.id,
    holdings_item.uid,
    holdings_item.record_id,
    holdings_item.barcode,
    holdings_item.barcode_key,
    holdings_item.barcode_scope,
    holdings_item.owner_node_id,
    holdings_item.shelved_at_id,
    holdings_item.present_node_id,
    holdings_item.department_id,
    holdings_item.status,
    holdings_item.lending,
    holdings_item.material,
    holdings_item.main_class,
    holdings_item.audience,
    holdings_item.language,
    holdings_item.list_price_fen,
    holdings_item.reserved,
    holdings_item.held_for_id,
    holdings_item.call_number,
    holdings_item.xmin AS row_version
   FROM holdings_item;
CREATE TABLE holdings_formerholding (
    id bigint NOT NULL,
    accession_number character varying(40) NOT NULL,
    accessioned_on date NOT NULL,
    left_on date NOT NULL,
    price_fen bigint,
    reason character varying(200) NOT NULL,
    entered_in_id bigint,
    item_id bigint NOT NULL,
    left_in_id bigint NOT NULL,
    owner_node_id bigint NOT NULL,
    CONSTRAINT holdings_formerholding_price_fen_check CHECK ((price_fen >= 0)),
    CONSTRAINT holdings_left_after_it_came CHECK ((left_on >= accessioned_on))
);
ALTER TABLE holdings_formerholding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_formerholding_id_seq);
CREATE TABLE holdings_handover (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    ready boolean NOT NULL,
    note character varying(200) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(60) NOT NULL,
    sent_at timestamp with time zone,
    sent_by character varying(60) NOT NULL,
    received_at timestamp with time zone,
    received_by character varying(60) NOT NULL,
    cancelled_at timestamp with time zone,
    key character varying(120) NOT NULL,
    from_node_id bigint NOT NULL,
    to_department_id bigint,
    to_node_id bigint NOT NULL,
    CONSTRAINT holdings_handover_in_order CHECK (((received_at IS NULL) OR ((cancelled_at IS NULL) AND (sent_at IS NOT NULL)))),
    CONSTRAINT holdings_handover_two_people CHECK (((received_at IS NULL) OR (NOT ((received_by)::text = (sent_by)::text))))
);
ALTER TABLE holdings_handover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_handover_id_seq);
CREATE TABLE holdings_handoverline (
    id bigint NOT NULL,
    is_open boolean NOT NULL,
    outcome character varying(10) NOT NULL,
    reason character varying(100) NOT NULL,
    handover_id bigint NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT holdings_handover_outcome CHECK (((outcome)::text = ANY (ARRAY[(''::character varying)::text, ('received'::character varying)::text, ('refused'::character varying)::text])))
);
ALTER TABLE holdings_handoverline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_handoverline_id_seq);
ALTER TABLE holdings_item ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_item_id_seq);
CREATE TABLE holdings_itemtag (
    id bigint NOT NULL,
    uid character varying(32) NOT NULL,
    profile character varying(20) NOT NULL,
    part smallint NOT NULL,
    total smallint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by character varying(60) NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT holdings_itemtag_part_check CHECK ((part >= 0)),
    CONSTRAINT holdings_itemtag_total_check CHECK ((total >= 0)),
    CONSTRAINT holdings_part_of_the_whole_set CHECK ((part <= total))
);
ALTER TABLE holdings_itemtag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_itemtag_id_seq);
CREATE TABLE holdings_keptnumber (
    id bigint NOT NULL,
    scheme character varying(20) NOT NULL,
    class_number character varying(60) NOT NULL,
    number integer NOT NULL,
    state character varying(10) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    operator character varying(60) NOT NULL,
    note character varying(100) NOT NULL,
    key character varying(120) NOT NULL,
    record_id bigint,
    CONSTRAINT holdings_free_number_is_nobodys CHECK (((NOT ((state)::text = 'free'::text)) OR (record_id IS NULL))),
    CONSTRAINT holdings_keptnumber_number_check CHECK ((number >= 0))
);
ALTER TABLE holdings_keptnumber ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_keptnumber_id_seq);
CREATE TABLE holdings_lockedline (
    id bigint NOT NULL,
    direction character varying(4) NOT NULL,
    day date NOT NULL,
    accession_number character varying(40) NOT NULL,
    record_number bigint NOT NULL,
    main_class character varying(4) NOT NULL,
    material character varying(20) NOT NULL,
    price_fen bigint NOT NULL,
    said jsonb NOT NULL,
    entry_id bigint NOT NULL,
    item_id bigint NOT NULL,
    month_id bigint NOT NULL
);
ALTER TABLE holdings_lockedline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_lockedline_id_seq);
CREATE TABLE holdings_lockedmonth (
    id bigint NOT NULL,
    month date NOT NULL,
    locked_at timestamp with time zone NOT NULL,
    locked_by character varying(60) NOT NULL,
    opening_units bigint NOT NULL,
    opening_fen bigint NOT NULL,
    units_in bigint NOT NULL,
    fen_in bigint NOT NULL,
    units_out bigint NOT NULL,
    fen_out bigint NOT NULL,
    fen_corrected bigint NOT NULL,
    closing_units bigint NOT NULL,
    closing_fen bigint NOT NULL,
    digest character varying(64) NOT NULL,
    owner_node_id bigint NOT NULL,
    CONSTRAINT holdings_month_balances CHECK (((closing_fen = (((opening_fen + fen_in) - fen_out) + fen_corrected)) AND (closing_units = ((opening_units + units_in) - units_out))))
);
ALTER TABLE holdings_lockedmonth ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_lockedmonth_id_seq);
CREATE TABLE holdings_pricecorrection (
    id bigint NOT NULL,
    day date NOT NULL,
    before_fen bigint NOT NULL,
    after_fen bigint NOT NULL,
    reason character varying(200) NOT NULL,
    operator character varying(60) NOT NULL,
    key character varying(120) NOT NULL,
    item_id bigint NOT NULL,
    owner_node_id bigint NOT NULL,
    CONSTRAINT holdings_correction_corrects CHECK ((NOT (before_fen = after_fen)))
);
ALTER TABLE holdings_pricecorrection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_pricecorrection_id_seq);
CREATE TABLE holdings_statechange (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    operator character varying(60) NOT NULL,
    before character varying(16) NOT NULL,
    after character varying(16) NOT NULL,
    transition character varying(16) NOT NULL,
    reason character varying(200) NOT NULL,
    key character varying(120) NOT NULL,
    item_id bigint NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT holdings_change_changes CHECK ((NOT ((before)::text = (after)::text)))
);
ALTER TABLE holdings_statechange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_statechange_id_seq);
CREATE TABLE holdings_stockcount (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    class_start character varying(40) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_on date NOT NULL,
    opened_by character varying(60) NOT NULL,
    compared_at timestamp with time zone,
    closed_at timestamp with time zone,
    closed_by character varying(60) NOT NULL,
    statement jsonb,
    key character varying(120) NOT NULL,
    department_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT holdings_count_closes_with_statement CHECK (((closed_at IS NULL) OR ((compared_at IS NOT NULL) AND (statement IS NOT NULL))))
);
ALTER TABLE holdings_stockcount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_stockcount_id_seq);
CREATE TABLE holdings_transfer (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    voucher character varying(60) NOT NULL,
    voucher_sum_fen bigint,
    note character varying(200) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(60) NOT NULL,
    sent_at timestamp with time zone,
    sent_by character varying(60) NOT NULL,
    received_at timestamp with time zone,
    received_by character varying(60) NOT NULL,
    cancelled_at timestamp with time zone,
    key character varying(120) NOT NULL,
    from_node_id bigint NOT NULL,
    new_owner_id bigint,
    old_owner_id bigint,
    to_department_id bigint,
    to_node_id bigint,
    due_on date,
    holder_id bigint,
    host_signer character varying(60) DEFAULT ''::character varying NOT NULL,
    purpose character varying(12) DEFAULT 'transfer'::character varying NOT NULL,
    CONSTRAINT holdings_deposit_is_due_back CHECK ((((due_on IS NOT NULL) AND ((purpose)::text = 'deposit'::text)) OR ((NOT ((purpose)::text = 'deposit'::text)) AND (due_on IS NULL) AND (holder_id IS NULL)))),
    CONSTRAINT holdings_only_transfers_pass_property CHECK ((((purpose)::text = 'transfer'::text) OR ((new_owner_id IS NULL) AND (to_node_id IS NOT NULL)))),
    CONSTRAINT holdings_owner_changes_by_voucher CHECK ((((new_owner_id IS NULL) AND (old_owner_id IS NULL)) OR ((new_owner_id IS NOT NULL) AND (old_owner_id IS NOT NULL) AND (voucher_sum_fen IS NOT NULL) AND (NOT ((voucher)::text = ''::text)) AND (NOT ((new_owner_id = old_owner_id) AND (new_owner_id IS NOT NULL) AND (old_owner_id IS NOT NULL)))))),
    CONSTRAINT holdings_transfer_goes_somewhere CHECK (((to_node_id IS NOT NULL) OR (new_owner_id IS NOT NULL))),
    CONSTRAINT holdings_transfer_in_order CHECK (((received_at IS NULL) OR ((cancelled_at IS NULL) AND (sent_at IS NOT NULL)))),
    CONSTRAINT holdings_transfer_two_people CHECK (((received_at IS NULL) OR (NOT ((received_by)::text = (sent_by)::text)) OR (NOT ((host_signer)::text = ''::text)))),
    CONSTRAINT holdings_transfer_voucher_sum_fen_check CHECK ((voucher_sum_fen >= 0))
);
ALTER TABLE holdings_transfer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_transfer_id_seq);
CREATE TABLE holdings_transferline (
    id bigint NOT NULL,
    is_open boolean NOT NULL,
    outcome character varying(10) NOT NULL,
    reason character varying(100) NOT NULL,
    old_number character varying(40) NOT NULL,
    new_number character varying(40) NOT NULL,
    item_id bigint NOT NULL,
    transfer_id bigint NOT NULL,
    back_as character varying(10) DEFAULT ''::character varying NOT NULL,
    back_at timestamp with time zone,
    box character varying(10) DEFAULT ''::character varying NOT NULL,
    from_department_id bigint,
    is_out boolean DEFAULT false NOT NULL,
    CONSTRAINT holdings_deposit_ends_once CHECK (((((back_as)::text = ''::text) AND (back_at IS NULL)) OR (NOT is_out))),
    CONSTRAINT holdings_transfer_outcome CHECK (((outcome)::text = ANY (ARRAY[(''::character varying)::text, ('received'::character varying)::text, ('refused'::character varying)::text, ('missing'::character varying)::text])))
);
ALTER TABLE holdings_transferline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_transferline_id_seq);
CREATE TABLE holdings_treatment (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    sent_on date NOT NULL,
    sent_to character varying(100) NOT NULL,
    work character varying(200) NOT NULL,
    expected_on date,
    returned_on date,
    outcome character varying(16) NOT NULL,
    cost_fen bigint,
    note character varying(200) NOT NULL,
    key character varying(120) NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT holdings_treatment_cost_fen_check CHECK ((cost_fen >= 0)),
    CONSTRAINT holdings_treatment_ends_somehow CHECK ((((returned_on IS NULL) OR (NOT ((outcome)::text = ''::text))) AND (1 = (
CASE
    WHEN (returned_on IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (NOT ((outcome)::text = ''::text)) THEN 1
    ELSE 0
END))))
);
ALTER TABLE holdings_treatment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_treatment_id_seq);
CREATE TABLE holdings_weedingline (
    id bigint NOT NULL,
    reason character varying(12) NOT NULL,
    note character varying(200) NOT NULL,
    kept boolean NOT NULL,
    is_open boolean NOT NULL,
    item_id bigint NOT NULL,
    weeding_id bigint NOT NULL
);
ALTER TABLE holdings_weedingline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_weedingline_id_seq);
CREATE TABLE holdings_weedinglist (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    subject character varying(200) NOT NULL,
    proposed_on date NOT NULL,
    proposed_by character varying(60) NOT NULL,
    reviewed_on date,
    reviewed_by character varying(60) NOT NULL,
    opinion character varying(500) NOT NULL,
    decided_on date,
    decided_by character varying(60) NOT NULL,
    approved boolean,
    paper character varying(60) NOT NULL,
    disposed_on date,
    disposed_by character varying(60) NOT NULL,
    way character varying(20) NOT NULL,
    recipient character varying(100) NOT NULL,
    key character varying(120) NOT NULL,
    owner_node_id bigint NOT NULL,
    CONSTRAINT holdings_approval_has_a_paper CHECK (((NOT (approved AND (approved IS NOT NULL))) OR (NOT ((paper)::text = ''::text)))),
    CONSTRAINT holdings_weeding_four_eyes CHECK (((decided_on IS NULL) OR (NOT ((decided_by)::text = (proposed_by)::text)))),
    CONSTRAINT holdings_weeding_in_order CHECK ((((decided_on IS NULL) OR (reviewed_on IS NOT NULL)) AND ((disposed_on IS NULL) OR (approved AND (approved IS NOT NULL)))))
);
ALTER TABLE holdings_weedinglist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME holdings_weedinglist_id_seq);
CREATE TABLE indicators_agesum (
    kind character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    day date NOT NULL,
    node integer NOT NULL,
    age smallint NOT NULL,
    channel character varying(12) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    quantity bigint NOT NULL,
    acts bigint NOT NULL,
    estimated bigint NOT NULL
);
CREATE TABLE indicators_exchangesum (
    kind character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    day date NOT NULL,
    node integer NOT NULL,
    owner_node integer NOT NULL,
    home_node integer NOT NULL,
    channel character varying(12) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    quantity bigint NOT NULL,
    acts bigint NOT NULL,
    estimated bigint NOT NULL
);
CREATE TABLE indicators_itemsum (
    kind character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    day date NOT NULL,
    node integer NOT NULL,
    material character varying(20) NOT NULL,
    main_class character varying(4) NOT NULL,
    audience character varying(12) NOT NULL,
    channel character varying(12) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    quantity bigint NOT NULL,
    acts bigint NOT NULL,
    estimated bigint NOT NULL
);
CREATE TABLE indicators_languagesum (
    kind character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    day date NOT NULL,
    node integer NOT NULL,
    language character varying(3) NOT NULL,
    material character varying(20) NOT NULL,
    channel character varying(12) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    quantity bigint NOT NULL,
    acts bigint NOT NULL,
    estimated bigint NOT NULL
);
CREATE TABLE indicators_personsum (
    kind character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    day date NOT NULL,
    node integer NOT NULL,
    token bigint NOT NULL,
    department integer NOT NULL,
    channel character varying(12) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    category character varying(40) NOT NULL,
    sex character varying(1) NOT NULL,
    age smallint NOT NULL,
    quantity bigint NOT NULL,
    acts bigint NOT NULL,
    estimated bigint NOT NULL
);
CREATE TABLE indicators_placesum (
    kind character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    day date NOT NULL,
    node integer NOT NULL,
    department integer NOT NULL,
    channel character varying(12) NOT NULL,
    subject character varying(80) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    quantity bigint NOT NULL,
    acts bigint NOT NULL,
    estimated bigint NOT NULL
);
CREATE TABLE indicators_readersum (
    kind character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    day date NOT NULL,
    node integer NOT NULL,
    category character varying(40) NOT NULL,
    sex character varying(1) NOT NULL,
    special_group character varying(20) NOT NULL,
    channel character varying(12) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    quantity bigint NOT NULL,
    acts bigint NOT NULL,
    estimated bigint NOT NULL
);
CREATE TABLE indicators_worksum (
    kind character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    day date NOT NULL,
    node integer NOT NULL,
    operator character varying(64) NOT NULL,
    department integer NOT NULL,
    channel character varying(12) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    quantity bigint NOT NULL,
    acts bigint NOT NULL,
    estimated bigint NOT NULL
);
CREATE TABLE jobs_answer (
    id bigint NOT NULL,
    operation character varying(60) NOT NULL,
    key character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    answer jsonb NOT NULL
);
ALTER TABLE jobs_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME jobs_answer_id_seq);
CREATE TABLE jobs_counter (
    id bigint NOT NULL,
    scheme character varying(40) NOT NULL,
    key character varying(80) NOT NULL,
    value bigint NOT NULL
);
ALTER TABLE jobs_counter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME jobs_counter_id_seq);
CREATE TABLE jobs_version (
    name character varying(40) NOT NULL,
    value bigint NOT NULL
);
CREATE VIEW jobs_facts AS
 SELECT jobs_version.name,
    jobs_version.value
   FROM jobs_version;
CREATE TABLE jobs_lease (
    name character varying(60) NOT NULL,
    holder character varying(80) NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE jobs_posted (
    id bigint NOT NULL,
    topic character varying(40) NOT NULL,
    payload jsonb NOT NULL
);
ALTER TABLE jobs_posted ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME jobs_posted_id_seq);
CREATE TABLE jobs_schedule (
    name character varying(60) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    last_error text NOT NULL
);
CREATE TABLE ledger_serviceevent (
    id bigint NOT NULL,
    day date NOT NULL,
    kind character varying(40) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    node integer NOT NULL,
    department integer,
    owner_node integer,
    home_node integer,
    channel character varying(12) NOT NULL,
    operator character varying(64) NOT NULL,
    quantity bigint NOT NULL,
    subject character varying(80) NOT NULL,
    reader_category character varying(40) NOT NULL,
    reader_sex character varying(1) NOT NULL,
    reader_age smallint,
    person_token bigint,
    item_material character varying(20) NOT NULL,
    item_class character varying(4) NOT NULL,
    item_audience character varying(12) NOT NULL,
    item_language character varying(3) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    rule_version integer NOT NULL,
    special_group character varying(20) NOT NULL,
    estimated boolean NOT NULL,
    source character varying(120) NOT NULL,
    reverses bigint
)
PARTITION BY RANGE (day);
CREATE VIEW ledger_facts AS
 SELECT ledger_serviceevent.id,
    ledger_serviceevent.day,
    ledger_serviceevent.kind,
    ledger_serviceevent.occurred_at,
    ledger_serviceevent.recorded_at,
    ledger_serviceevent.node,
    ledger_serviceevent.department,
    ledger_serviceevent.owner_node,
    ledger_serviceevent.home_node,
    ledger_serviceevent.channel,
    ledger_serviceevent.operator,
    ledger_serviceevent.quantity,
    ledger_serviceevent.subject,
    ledger_serviceevent.reader_category,
    ledger_serviceevent.reader_sex,
    ledger_serviceevent.reader_age,
    ledger_serviceevent.person_token,
    ledger_serviceevent.item_material,
    ledger_serviceevent.item_class,
    ledger_serviceevent.item_audience,
    ledger_serviceevent.item_language,
    ledger_serviceevent.loan_kind,
    ledger_serviceevent.rule_version,
    ledger_serviceevent.special_group,
    ledger_serviceevent.estimated,
    ledger_serviceevent.source,
    ledger_serviceevent.reverses
   FROM ledger_serviceevent;
CREATE TABLE ledger_measure (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    origin character varying(60) NOT NULL,
    sums character varying(12) NOT NULL,
    words jsonb NOT NULL,
    declaration jsonb NOT NULL,
    CONSTRAINT ledger_measure_span CHECK (((valid_until IS NULL) OR (valid_until > valid_from)))
);
ALTER TABLE ledger_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME ledger_measure_id_seq);
CREATE TABLE ledger_serviceevent_default (
    id bigint NOT NULL,
    day date NOT NULL,
    kind character varying(40) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    node integer NOT NULL,
    department integer,
    owner_node integer,
    home_node integer,
    channel character varying(12) NOT NULL,
    operator character varying(64) NOT NULL,
    quantity bigint NOT NULL,
    subject character varying(80) NOT NULL,
    reader_category character varying(40) NOT NULL,
    reader_sex character varying(1) NOT NULL,
    reader_age smallint,
    person_token bigint,
    item_material character varying(20) NOT NULL,
    item_class character varying(4) NOT NULL,
    item_audience character varying(12) NOT NULL,
    item_language character varying(3) NOT NULL,
    loan_kind character varying(12) NOT NULL,
    rule_version integer NOT NULL,
    special_group character varying(20) NOT NULL,
    estimated boolean NOT NULL,
    source character varying(120) NOT NULL,
    reverses bigint
);
ALTER TABLE ledger_serviceevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME ledger_serviceevent_id_seq);
CREATE TABLE ledger_snapshot (
    id bigint NOT NULL,
    day date NOT NULL,
    measure character varying(60) NOT NULL,
    node integer NOT NULL,
    dimensions jsonb NOT NULL,
    value bigint NOT NULL
);
ALTER TABLE ledger_snapshot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME ledger_snapshot_id_seq);
CREATE TABLE ledger_tokenkey (
    year smallint NOT NULL,
    key bytea,
    CONSTRAINT ledger_tokenkey_year_check CHECK ((year >= 0))
);
CREATE TABLE ledger_unfolded (
    event bigint NOT NULL,
    day date NOT NULL
);
CREATE VIEW ledger_unfolded_facts AS
 SELECT ledger_unfolded.event,
    ledger_unfolded.day
   FROM ledger_unfolded;
CREATE TABLE moving_misfit (
    id bigint NOT NULL,
    part character varying(12) NOT NULL,
    file character varying(120) NOT NULL,
    line integer NOT NULL,
    what character varying(64) NOT NULL,
    problem character varying(20) NOT NULL,
    words character varying(200) NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT moving_misfit_line_check CHECK ((line >= 0))
);
ALTER TABLE moving_misfit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME moving_misfit_id_seq);
CREATE TABLE moving_pastsum (
    id bigint NOT NULL,
    source character varying(20) NOT NULL,
    measure character varying(40) NOT NULL,
    role character varying(8) NOT NULL,
    day date NOT NULL,
    quantity integer NOT NULL,
    rows smallint NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT moving_pastsum_rows_check CHECK ((rows >= 0)),
    CONSTRAINT moving_role_of_a_sum CHECK (((role)::text = ANY (ARRAY[('sum'::character varying)::text, ('balance'::character varying)::text, ('since'::character varying)::text])))
);
ALTER TABLE moving_pastsum ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME moving_pastsum_id_seq);
CREATE TABLE moving_run (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_on date NOT NULL,
    operator character varying(64) NOT NULL,
    source character varying(20) NOT NULL,
    profile character varying(40) NOT NULL,
    folder character varying(255) NOT NULL,
    is_trial boolean NOT NULL,
    is_last boolean NOT NULL,
    report jsonb NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE moving_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME moving_run_id_seq);
CREATE TABLE network_admissioncap (
    id bigint NOT NULL,
    from_day date NOT NULL,
    until_day date,
    most integer NOT NULL,
    slot_minutes smallint NOT NULL,
    reason character varying(200) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT network_admissioncap_most_check CHECK ((most >= 0)),
    CONSTRAINT network_admissioncap_slot_minutes_check CHECK ((slot_minutes >= 0)),
    CONSTRAINT network_cap_lets_somebody_in CHECK (((most > 0) AND (slot_minutes >= 15))),
    CONSTRAINT network_cap_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
ALTER TABLE network_admissioncap ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_admissioncap_id_seq);
CREATE TABLE network_closedperiod (
    id bigint NOT NULL,
    start date NOT NULL,
    "end" date NOT NULL,
    reason jsonb NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT network_closedperiod_span CHECK (("end" > start))
);
ALTER TABLE network_closedperiod ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_closedperiod_id_seq);
CREATE TABLE network_closure (
    id bigint NOT NULL,
    depth smallint NOT NULL,
    from_day date NOT NULL,
    until_day date,
    ancestor_id bigint NOT NULL,
    descendant_id bigint NOT NULL,
    CONSTRAINT network_closure_depth_check CHECK ((depth >= 0)),
    CONSTRAINT network_closure_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
CREATE VIEW network_closure_facts AS
 SELECT network_closure.ancestor_id AS ancestor,
    network_closure.descendant_id AS descendant,
    network_closure.depth,
    network_closure.from_day,
    network_closure.until_day
   FROM network_closure;
ALTER TABLE network_closure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_closure_id_seq);
CREATE TABLE network_department (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    names jsonb NOT NULL,
    kind character varying(20) NOT NULL,
    seats integer,
    from_day date NOT NULL,
    until_day date,
    node_id bigint NOT NULL,
    CONSTRAINT network_department_seats_check CHECK ((seats >= 0)),
    CONSTRAINT network_department_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
ALTER TABLE network_department ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_department_id_seq);
CREATE TABLE network_node (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    uid uuid NOT NULL,
    isil character varying(16) NOT NULL,
    division_code character varying(12) NOT NULL,
    address character varying(200) NOT NULL,
    area_m2 integer,
    is_demo boolean NOT NULL,
    successor_id bigint,
    CONSTRAINT network_node_area_m2_check CHECK ((area_m2 >= 0))
);
ALTER TABLE network_node ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_node_id_seq);
CREATE TABLE network_nodestate (
    id bigint NOT NULL,
    from_day date NOT NULL,
    until_day date,
    names jsonb NOT NULL,
    kind character varying(20) NOT NULL,
    status character varying(12) NOT NULL,
    statistical_unit boolean NOT NULL,
    host_kind character varying(40) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT network_nodestate_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
ALTER TABLE network_nodestate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_nodestate_id_seq);
CREATE TABLE network_openinghours (
    id bigint NOT NULL,
    weekday smallint NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    from_day date NOT NULL,
    until_day date,
    node_id bigint NOT NULL,
    CONSTRAINT network_closes_after_opening CHECK ((closes > opens)),
    CONSTRAINT network_openinghours_span CHECK (((until_day IS NULL) OR (until_day > from_day))),
    CONSTRAINT network_openinghours_weekday_check CHECK ((weekday >= 0)),
    CONSTRAINT network_weekday_is_a_day CHECK ((weekday <= 6))
);
ALTER TABLE network_openinghours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_openinghours_id_seq);
CREATE TABLE network_placement (
    id bigint NOT NULL,
    from_day date NOT NULL,
    until_day date,
    node_id bigint NOT NULL,
    parent_id bigint NOT NULL,
    CONSTRAINT network_not_under_itself CHECK ((NOT (node_id = parent_id))),
    CONSTRAINT network_placement_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
ALTER TABLE network_placement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_placement_id_seq);
CREATE TABLE network_season (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    names jsonb NOT NULL,
    start date NOT NULL,
    "end" date NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT network_season_span CHECK (("end" > start))
);
ALTER TABLE network_season ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_season_id_seq);
CREATE TABLE network_specialday (
    id bigint NOT NULL,
    day date NOT NULL,
    is_off boolean NOT NULL,
    names jsonb NOT NULL,
    source character varying(200) NOT NULL
);
ALTER TABLE network_specialday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME network_specialday_id_seq);
CREATE TABLE notices_delivery (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    means character varying(8) NOT NULL,
    standing character varying(8) NOT NULL,
    "to" character varying(254) NOT NULL,
    tries smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    settled_at timestamp with time zone,
    number character varying(100) NOT NULL,
    details character varying(300) NOT NULL,
    notice_id bigint NOT NULL,
    sender_id bigint,
    CONSTRAINT notices_delivery_tries_check CHECK ((tries >= 0))
);
ALTER TABLE notices_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME notices_delivery_id_seq);
CREATE TABLE notices_notice (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    code character varying(40) NOT NULL,
    key character varying(160) NOT NULL,
    phone character varying(32) NOT NULL,
    facts jsonb NOT NULL,
    title character varying(200) NOT NULL,
    text text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    node_id bigint NOT NULL,
    patron_id bigint
);
ALTER TABLE notices_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME notices_notice_id_seq);
CREATE TABLE notices_noticerule (
    id bigint NOT NULL,
    quiet_from time without time zone NOT NULL,
    quiet_until time without time zone NOT NULL,
    means jsonb NOT NULL,
    off jsonb NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE notices_noticerule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME notices_noticerule_id_seq);
CREATE TABLE notices_ownwording (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    title jsonb NOT NULL,
    text jsonb NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE notices_ownwording ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME notices_ownwording_id_seq);
CREATE TABLE notices_sender (
    id bigint NOT NULL,
    means character varying(8) NOT NULL,
    name character varying(80) NOT NULL,
    host character varying(253) NOT NULL,
    port integer NOT NULL,
    is_encrypted boolean NOT NULL,
    "user" character varying(120) NOT NULL,
    sealed bytea NOT NULL,
    signature character varying(120) NOT NULL,
    templates jsonb NOT NULL,
    is_on boolean NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT notices_sender_port_check CHECK ((port >= 0))
);
ALTER TABLE notices_sender ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME notices_sender_id_seq);
CREATE TABLE notices_wish (
    patron_id bigint NOT NULL,
    wechat character varying(64) NOT NULL,
    language character varying(10) NOT NULL,
    unwanted jsonb NOT NULL
);
CREATE TABLE outreach_busline (
    id bigint NOT NULL,
    words jsonb NOT NULL,
    weekday smallint NOT NULL,
    pattern character varying(16) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    key character varying(120) NOT NULL,
    node_id bigint NOT NULL,
    vehicle_id bigint,
    CONSTRAINT outreach_busline_weekday_check CHECK ((weekday >= 0)),
    CONSTRAINT outreach_line_span CHECK (((until_day IS NULL) OR (until_day > from_day))),
    CONSTRAINT outreach_line_weekday CHECK ((weekday <= 6))
);
ALTER TABLE outreach_busline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_busline_id_seq);
CREATE TABLE outreach_busstop (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    words jsonb NOT NULL,
    host character varying(20) NOT NULL,
    address character varying(200) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    entry uuid,
    entry_out uuid,
    key character varying(120) NOT NULL,
    home_id bigint NOT NULL,
    node_id bigint
);
ALTER TABLE outreach_busstop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_busstop_id_seq);
CREATE TABLE outreach_doorcopy (
    id bigint NOT NULL,
    handed character varying(10) NOT NULL,
    loan_id bigint NOT NULL,
    visit_id bigint NOT NULL
);
ALTER TABLE outreach_doorcopy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_doorcopy_id_seq);
CREATE TABLE outreach_doorreader (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    ground character varying(12) NOT NULL,
    by_rule boolean NOT NULL,
    area character varying(60) NOT NULL,
    doorplate_cipher bytea,
    doorplate_key_version smallint NOT NULL,
    from_day date NOT NULL,
    valid_until date,
    ended_on date,
    made_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    patron_id bigint NOT NULL,
    CONSTRAINT outreach_doorreader_doorplate_key_version_check CHECK ((doorplate_key_version >= 0))
);
ALTER TABLE outreach_doorreader ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_doorreader_id_seq);
CREATE TABLE outreach_doorrule (
    id bigint NOT NULL,
    ground character varying(12) NOT NULL,
    category character varying(40) NOT NULL,
    special_group character varying(20) NOT NULL,
    age_from smallint,
    from_day date NOT NULL,
    until_day date,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    CONSTRAINT outreach_door_rule_is_for_somebody CHECK ((NOT ((age_from IS NULL) AND ((category)::text = ''::text) AND ((special_group)::text = ''::text)))),
    CONSTRAINT outreach_door_rule_span CHECK (((until_day IS NULL) OR (until_day >= from_day))),
    CONSTRAINT outreach_doorrule_age_from_check CHECK ((age_from >= 0))
);
ALTER TABLE outreach_doorrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_doorrule_id_seq);
CREATE TABLE outreach_doorrun (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    day date NOT NULL,
    name character varying(60) NOT NULL,
    crew character varying(120) NOT NULL,
    made_by character varying(64) NOT NULL,
    closed_at timestamp with time zone,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE outreach_doorrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_doorrun_id_seq);
CREATE TABLE outreach_doorvisit (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    "position" smallint NOT NULL,
    outcome character varying(8) NOT NULL,
    persons integer NOT NULL,
    note character varying(200) NOT NULL,
    settled_at timestamp with time zone,
    settled_by character varying(64) NOT NULL,
    order_id bigint,
    reader_id bigint NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT outreach_doorvisit_persons_check CHECK ((persons >= 0)),
    CONSTRAINT outreach_doorvisit_position_check CHECK (("position" >= 0))
);
ALTER TABLE outreach_doorvisit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_doorvisit_id_seq);
CREATE TABLE outreach_linecall (
    id bigint NOT NULL,
    arrives time without time zone NOT NULL,
    leaves time without time zone NOT NULL,
    line_id bigint NOT NULL,
    stop_id bigint NOT NULL,
    CONSTRAINT outreach_call_span CHECK ((leaves > arrives))
);
ALTER TABLE outreach_linecall ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_linecall_id_seq);
CREATE TABLE outreach_lineexception (
    id bigint NOT NULL,
    day date NOT NULL,
    runs boolean NOT NULL,
    reason character varying(120) NOT NULL,
    line_id bigint NOT NULL
);
ALTER TABLE outreach_lineexception ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_lineexception_id_seq);
CREATE TABLE outreach_trip (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    purpose character varying(8) NOT NULL,
    title character varying(120) NOT NULL,
    day date NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    state character varying(10) NOT NULL,
    drivers jsonb NOT NULL,
    crew jsonb NOT NULL,
    others jsonb NOT NULL,
    note character varying(300) NOT NULL,
    entry uuid,
    filled jsonb NOT NULL,
    opened_by character varying(64) NOT NULL,
    key character varying(120) NOT NULL,
    department_id bigint,
    line_id bigint,
    node_id bigint NOT NULL,
    vehicle_id bigint NOT NULL,
    CONSTRAINT outreach_closed_trip_has_ended CHECK (((NOT ((state)::text = 'closed'::text)) OR (ended_at IS NOT NULL))),
    CONSTRAINT outreach_trip_span CHECK (((ended_at IS NULL) OR (ended_at > started_at)))
);
ALTER TABLE outreach_trip ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_trip_id_seq);
CREATE TABLE outreach_tripstop (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    planned time without time zone,
    arrived_at timestamp with time zone,
    left_at timestamp with time zone,
    is_left_out boolean NOT NULL,
    stop_id bigint,
    trip_id bigint NOT NULL
);
ALTER TABLE outreach_tripstop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME outreach_tripstop_id_seq);
CREATE TABLE patrons_application (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    channel character varying(12) NOT NULL,
    status character varying(12) NOT NULL,
    name character varying(120) NOT NULL,
    sex character varying(1) NOT NULL,
    birth_date date,
    phone character varying(32) NOT NULL,
    email character varying(254) NOT NULL,
    document_kind character varying(20) NOT NULL,
    document_cipher bytea,
    document_hash character varying(64) NOT NULL,
    document_key_version smallint NOT NULL,
    guardian_name character varying(120) NOT NULL,
    guardian_relation character varying(40) NOT NULL,
    guardian_phone character varying(32) NOT NULL,
    guardian_code character varying(64) NOT NULL,
    guardian_code_until timestamp with time zone,
    guardian_tries smallint NOT NULL,
    guardian_confirmed_at timestamp with time zone,
    password character varying(128) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(64) NOT NULL,
    reason character varying(200) NOT NULL,
    key character varying(80) NOT NULL,
    erased_at timestamp with time zone,
    category_id bigint NOT NULL,
    node_id bigint NOT NULL,
    patron_id bigint,
    CONSTRAINT patrons_application_document_key_version_check CHECK ((document_key_version >= 0)),
    CONSTRAINT patrons_application_guardian_tries_check CHECK ((guardian_tries >= 0)),
    CONSTRAINT patrons_approved_application_has_a_reader CHECK (((NOT ((status)::text = 'approved'::text)) OR (patron_id IS NOT NULL))),
    CONSTRAINT patrons_decided_application_has_an_instant CHECK (((((status)::text = ANY (ARRAY[('guardian'::character varying)::text, ('waiting'::character varying)::text])) OR (decided_at IS NOT NULL)) AND (1 = (
CASE
    WHEN ((status)::text = ANY (ARRAY[('guardian'::character varying)::text, ('waiting'::character varying)::text])) THEN 1
    ELSE 0
END +
CASE
    WHEN (decided_at IS NOT NULL) THEN 1
    ELSE 0
END))))
);
ALTER TABLE patrons_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_application_id_seq);
CREATE TABLE patrons_card (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    number character varying(64) NOT NULL,
    number_key character varying(72) NOT NULL,
    status character varying(12) NOT NULL,
    status_since date NOT NULL,
    from_day date NOT NULL,
    until_day date,
    replaces_id bigint,
    patron_id bigint NOT NULL,
    bearer character varying(120) NOT NULL,
    CONSTRAINT patrons_ended_card_has_a_day CHECK (((((status)::text = ANY (ARRAY[('replaced'::character varying)::text, ('closed'::character varying)::text])) OR (until_day IS NULL)) AND (1 = (
CASE
    WHEN ((status)::text = ANY (ARRAY[('replaced'::character varying)::text, ('closed'::character varying)::text])) THEN 1
    ELSE 0
END +
CASE
    WHEN (until_day IS NULL) THEN 1
    ELSE 0
END))))
);
CREATE VIEW patrons_card_facts AS
 SELECT patrons_card.id,
    patrons_card.number_key,
    patrons_card.patron_id,
    patrons_card.kind,
    patrons_card.status,
    patrons_card.until_day
   FROM patrons_card;
ALTER TABLE patrons_card ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_card_id_seq);
CREATE TABLE patrons_category (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    words jsonb NOT NULL,
    loan_limit smallint NOT NULL,
    valid_days integer,
    overdue_limit smallint,
    needs_guardian_under smallint,
    is_institution boolean NOT NULL,
    loan_kind character varying(12) NOT NULL,
    special_group character varying(20) NOT NULL,
    "position" smallint NOT NULL,
    closed_on date,
    CONSTRAINT patrons_category_loan_limit_check CHECK ((loan_limit >= 0)),
    CONSTRAINT patrons_category_needs_guardian_under_check CHECK ((needs_guardian_under >= 0)),
    CONSTRAINT patrons_category_overdue_limit_check CHECK ((overdue_limit >= 0)),
    CONSTRAINT patrons_category_position_check CHECK (("position" >= 0)),
    CONSTRAINT patrons_category_valid_days_check CHECK ((valid_days >= 0))
);
ALTER TABLE patrons_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_category_id_seq);
CREATE TABLE patrons_contact (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    phone character varying(32) NOT NULL,
    duty character varying(60) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    patron_id bigint NOT NULL
);
ALTER TABLE patrons_contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_contact_id_seq);
CREATE TABLE patrons_patron (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    name character varying(120) NOT NULL,
    sex character varying(1) NOT NULL,
    birth_date date,
    phone character varying(32) NOT NULL,
    phone_tail character varying(4) NOT NULL,
    email character varying(254) NOT NULL,
    address character varying(200) NOT NULL,
    id_number_cipher bytea,
    id_number_hash character varying(64),
    id_key_version smallint NOT NULL,
    status character varying(12) NOT NULL,
    status_since date NOT NULL,
    status_reason character varying(200) NOT NULL,
    suspended_until date,
    valid_from date NOT NULL,
    valid_until date,
    registered_at timestamp with time zone NOT NULL,
    registered_on date NOT NULL,
    registration_key character varying(80) NOT NULL,
    special_group character varying(20) NOT NULL,
    keeps_history boolean NOT NULL,
    open_loans integer NOT NULL,
    deregistered_on date,
    erased_at timestamp with time zone,
    category_id bigint NOT NULL,
    home_node_id bigint NOT NULL,
    registered_node_id bigint NOT NULL,
    credit_points integer,
    owed_fen bigint NOT NULL,
    deposit_fen bigint NOT NULL,
    document_kind character varying(20) NOT NULL,
    merged_into_id bigint,
    CONSTRAINT patrons_deregistered_holds_nothing CHECK (((NOT ((status)::text = 'deregistered'::text)) OR (open_loans = 0))),
    CONSTRAINT patrons_merged_is_deregistered CHECK (((merged_into_id IS NULL) OR ((status)::text = 'deregistered'::text))),
    CONSTRAINT patrons_open_loans_not_negative CHECK ((open_loans >= 0)),
    CONSTRAINT patrons_patron_id_key_version_check CHECK ((id_key_version >= 0)),
    CONSTRAINT patrons_points_not_negative CHECK (((credit_points IS NULL) OR (credit_points >= 0))),
    CONSTRAINT patrons_sums_not_negative CHECK (((deposit_fen >= 0) AND (owed_fen >= 0))),
    CONSTRAINT patrons_validity_in_order CHECK (((valid_until IS NULL) OR (valid_until >= valid_from)))
)
WITH (fillfactor='80');
CREATE VIEW patrons_facts AS
 SELECT patrons_patron.id,
    patrons_patron.uid,
    patrons_patron.category_id,
    patrons_patron.home_node_id,
    patrons_patron.sex,
    patrons_patron.birth_date,
    patrons_patron.status,
    patrons_patron.suspended_until,
    patrons_patron.valid_until,
    patrons_patron.special_group,
    patrons_patron.open_loans,
    patrons_patron.credit_points,
    patrons_patron.owed_fen,
    patrons_patron.deposit_fen,
    patrons_patron.xmin AS row_version
   FROM patrons_patron;
CREATE TABLE patrons_familybond (
    id bigint NOT NULL,
    relation character varying(40) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    agreed_through character varying(12) NOT NULL,
    ended_at timestamp with time zone,
    holder_id bigint NOT NULL,
    member_id bigint NOT NULL,
    CONSTRAINT patrons_bond_of_two CHECK ((NOT (holder_id = member_id)))
);
ALTER TABLE patrons_familybond ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_familybond_id_seq);
CREATE TABLE patrons_guardian (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    relation character varying(40) NOT NULL,
    phone character varying(32) NOT NULL,
    consented_at timestamp with time zone,
    consented_through character varying(12) NOT NULL,
    withdrawn_at timestamp with time zone,
    patron_id bigint NOT NULL
);
ALTER TABLE patrons_guardian ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_guardian_id_seq);
CREATE TABLE patrons_intake (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    operator character varying(64) NOT NULL,
    source character varying(30) NOT NULL,
    profile character varying(40) NOT NULL,
    file_name character varying(120) NOT NULL,
    facts jsonb NOT NULL,
    run_at timestamp with time zone,
    run_by character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE patrons_intake ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_intake_id_seq);
CREATE TABLE patrons_intakeline (
    id bigint NOT NULL,
    number integer NOT NULL,
    source_id character varying(60) NOT NULL,
    digest character varying(32) NOT NULL,
    said bytea,
    outcome character varying(10) NOT NULL,
    problems jsonb NOT NULL,
    intake_id bigint NOT NULL,
    patron_id bigint,
    CONSTRAINT patrons_intake_outcome CHECK (((outcome)::text = ANY (ARRAY[('new'::character varying)::text, ('changed'::character varying)::text, ('same'::character varying)::text, ('rejected'::character varying)::text, ('skipped'::character varying)::text]))),
    CONSTRAINT patrons_intakeline_number_check CHECK ((number >= 0))
);
ALTER TABLE patrons_intakeline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_intakeline_id_seq);
CREATE TABLE patrons_joiningrule (
    id bigint NOT NULL,
    way character varying(12) NOT NULL,
    categories jsonb NOT NULL,
    asks_document boolean NOT NULL,
    words jsonb NOT NULL,
    node_id bigint NOT NULL
);
ALTER TABLE patrons_joiningrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_joiningrule_id_seq);
CREATE TABLE patrons_password (
    patron_id bigint NOT NULL,
    password character varying(128) NOT NULL,
    failures smallint NOT NULL,
    last_failed_at timestamp with time zone,
    CONSTRAINT patrons_password_failures_check CHECK ((failures >= 0))
);
ALTER TABLE patrons_patron ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME patrons_patron_id_seq);
CREATE TABLE patrons_unitmember (
    patron_id bigint NOT NULL,
    unit character varying(80) NOT NULL,
    "group" character varying(40) NOT NULL,
    since date NOT NULL,
    CONSTRAINT patrons_member_of_something CHECK ((NOT ((unit)::text = ''::text)))
);
CREATE TABLE protocols_apitoken (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    digest character varying(64) NOT NULL,
    scopes jsonb NOT NULL,
    label character varying(60) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    node_id bigint NOT NULL,
    patron_id bigint,
    staff_id bigint,
    CONSTRAINT protocols_token_of_one_person CHECK ((((staff_id IS NULL) OR (patron_id IS NULL)) AND (1 = (
CASE
    WHEN (staff_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (patron_id IS NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT protocols_token_span CHECK ((expires_at > created_at))
);
ALTER TABLE protocols_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_apitoken_id_seq);
CREATE TABLE protocols_copyanswer (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    total integer NOT NULL,
    reason character varying(20) NOT NULL,
    details character varying(300) NOT NULL,
    search_id bigint NOT NULL,
    target_id bigint NOT NULL,
    CONSTRAINT protocols_copyanswer_total_check CHECK ((total >= 0))
);
ALTER TABLE protocols_copyanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_copyanswer_id_seq);
CREATE TABLE protocols_copyhit (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    raw bytea NOT NULL,
    answer_id bigint NOT NULL,
    CONSTRAINT protocols_copyhit_position_check CHECK (("position" >= 0))
);
ALTER TABLE protocols_copyhit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_copyhit_id_seq);
CREATE TABLE protocols_copysearch (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    staff bigint,
    asked_at timestamp with time zone NOT NULL,
    question jsonb NOT NULL
);
ALTER TABLE protocols_copysearch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_copysearch_id_seq);
CREATE TABLE protocols_copytarget (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    protocol character varying(8) NOT NULL,
    host character varying(253) NOT NULL,
    port integer NOT NULL,
    path character varying(200) NOT NULL,
    is_encrypted boolean NOT NULL,
    syntax character varying(8) NOT NULL,
    encoding character varying(12) NOT NULL,
    "user" character varying(100) NOT NULL,
    sealed_password bytea NOT NULL,
    seconds smallint NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT protocols_copytarget_port_check CHECK ((port >= 0)),
    CONSTRAINT protocols_copytarget_position_check CHECK (("position" >= 0)),
    CONSTRAINT protocols_copytarget_seconds_check CHECK ((seconds >= 0))
);
ALTER TABLE protocols_copytarget ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_copytarget_id_seq);
CREATE TABLE protocols_refusedsignins (
    address character varying(64) NOT NULL,
    refused integer NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT protocols_refusedsignins_refused_check CHECK ((refused >= 0))
);
CREATE TABLE protocols_terminal (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    password character varying(128) NOT NULL,
    encoding character varying(12) NOT NULL,
    is_active boolean NOT NULL,
    last_seen_at timestamp with time zone,
    department_id bigint,
    node_id bigint NOT NULL,
    name character varying(60) NOT NULL,
    field_set character varying(10) NOT NULL,
    rights jsonb NOT NULL,
    institution character varying(40) NOT NULL,
    shows_names boolean NOT NULL,
    asks_password boolean NOT NULL,
    sort_rules jsonb NOT NULL,
    reader_types jsonb NOT NULL
);
ALTER TABLE protocols_terminal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_terminal_id_seq);
CREATE TABLE protocols_terminalday (
    id bigint NOT NULL,
    day date NOT NULL,
    messages integer NOT NULL,
    acts integer NOT NULL,
    refusals integer NOT NULL,
    faults integer NOT NULL,
    slowest_ms integer NOT NULL,
    terminal_id bigint NOT NULL,
    CONSTRAINT protocols_terminalday_acts_check CHECK ((acts >= 0)),
    CONSTRAINT protocols_terminalday_faults_check CHECK ((faults >= 0)),
    CONSTRAINT protocols_terminalday_messages_check CHECK ((messages >= 0)),
    CONSTRAINT protocols_terminalday_refusals_check CHECK ((refusals >= 0)),
    CONSTRAINT protocols_terminalday_slowest_ms_check CHECK ((slowest_ms >= 0))
);
ALTER TABLE protocols_terminalday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_terminalday_id_seq);
CREATE TABLE protocols_terminalfault (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    peer character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    message character varying(300) NOT NULL,
    line character varying(300) NOT NULL,
    terminal_id bigint
);
ALTER TABLE protocols_terminalfault ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_terminalfault_id_seq);
CREATE TABLE protocols_upload (
    id bigint NOT NULL,
    staff bigint,
    action character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    content_hash character varying(32) NOT NULL,
    attempts smallint NOT NULL,
    reason character varying(20) NOT NULL,
    details character varying(300) NOT NULL,
    remote_number character varying(64) NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    settled_at timestamp with time zone,
    node_id bigint NOT NULL,
    record_id bigint NOT NULL,
    batch_id bigint,
    centre_id bigint NOT NULL,
    CONSTRAINT protocols_upload_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE protocols_upload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_upload_id_seq);
CREATE TABLE protocols_uploadbatch (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    staff bigint,
    content bytea NOT NULL,
    centre_id bigint NOT NULL
);
ALTER TABLE protocols_uploadbatch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_uploadbatch_id_seq);
CREATE TABLE protocols_uploadcentre (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    route character varying(12) NOT NULL,
    format character varying(8) NOT NULL,
    encoding character varying(12) NOT NULL,
    host character varying(253) NOT NULL,
    port integer NOT NULL,
    path character varying(200) NOT NULL,
    is_encrypted boolean NOT NULL,
    "user" character varying(100) NOT NULL,
    sealed_password bytea NOT NULL,
    seconds smallint NOT NULL,
    left_out character varying(200) NOT NULL,
    takes_by_itself boolean NOT NULL,
    rest_hours smallint NOT NULL,
    looked_at bigint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT protocols_uploadcentre_port_check CHECK ((port >= 0)),
    CONSTRAINT protocols_uploadcentre_rest_hours_check CHECK ((rest_hours >= 0)),
    CONSTRAINT protocols_uploadcentre_seconds_check CHECK ((seconds >= 0))
);
ALTER TABLE protocols_uploadcentre ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME protocols_uploadcentre_id_seq);
CREATE TABLE registers_amendment (
    id bigint NOT NULL,
    revision integer NOT NULL,
    day date NOT NULL,
    "values" jsonb NOT NULL,
    changed_by character varying(64) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    reason character varying(200) NOT NULL,
    entry_id bigint NOT NULL,
    CONSTRAINT registers_amendment_revision_check CHECK ((revision >= 0))
);
ALTER TABLE registers_amendment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME registers_amendment_id_seq);
CREATE TABLE registers_bookversion (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    version integer NOT NULL,
    origin character varying(40) NOT NULL,
    declaration jsonb NOT NULL,
    CONSTRAINT registers_bookversion_version_check CHECK ((version >= 0))
);
ALTER TABLE registers_bookversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME registers_bookversion_id_seq);
CREATE TABLE registers_entry (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    book character varying(40) NOT NULL,
    book_version integer NOT NULL,
    day date NOT NULL,
    "values" jsonb NOT NULL,
    text text NOT NULL,
    level character varying(8) NOT NULL,
    status character varying(8) NOT NULL,
    revision integer NOT NULL,
    recorded jsonb NOT NULL,
    entered_by character varying(64) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    key character varying(120) NOT NULL,
    department_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT registers_entry_book_version_check CHECK ((book_version >= 0)),
    CONSTRAINT registers_entry_revision_check CHECK ((revision >= 0))
);
ALTER TABLE registers_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME registers_entry_id_seq);
CREATE TABLE shelving_area (
    id bigint NOT NULL,
    words jsonb NOT NULL,
    first character varying(60) NOT NULL,
    last character varying(60) NOT NULL,
    first_key character varying(240) NOT NULL,
    last_key character varying(240) NOT NULL,
    from_day date NOT NULL,
    until_day date,
    key character varying(80) NOT NULL,
    department_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT shelving_area_span CHECK (((until_day IS NULL) OR (until_day >= from_day)))
);
ALTER TABLE shelving_area ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME shelving_area_id_seq);
CREATE TABLE shelving_finding (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    barcode character varying(60) NOT NULL,
    "position" integer,
    after character varying(60) NOT NULL,
    settled_at timestamp with time zone,
    settled_by character varying(64) NOT NULL,
    settled_as character varying(10) NOT NULL,
    item_id bigint,
    reading_id bigint NOT NULL,
    CONSTRAINT shelving_finding_position_check CHECK (("position" >= 0)),
    CONSTRAINT shelving_finding_settled_somehow CHECK ((((settled_at IS NULL) OR (NOT ((settled_as)::text = ''::text))) AND (1 = (
CASE
    WHEN (settled_at IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (NOT ((settled_as)::text = ''::text)) THEN 1
    ELSE 0
END))))
);
ALTER TABLE shelving_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME shelving_finding_id_seq);
CREATE TABLE shelving_reading (
    id bigint NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(64) NOT NULL,
    volumes integer NOT NULL,
    key character varying(80) NOT NULL,
    area_id bigint NOT NULL,
    CONSTRAINT shelving_reading_volumes_check CHECK ((volumes >= 0))
);
ALTER TABLE shelving_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME shelving_reading_id_seq);
CREATE TABLE shelving_task (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    kind character varying(12) NOT NULL,
    day date NOT NULL,
    waiting integer,
    counted_at timestamp with time zone NOT NULL,
    note character varying(200) NOT NULL,
    state character varying(8) NOT NULL,
    taken_by character varying(64) NOT NULL,
    taken_at timestamp with time zone,
    done_at timestamp with time zone,
    done_by character varying(64) NOT NULL,
    volumes integer,
    minutes integer,
    key character varying(120) NOT NULL,
    area_id bigint,
    node_id bigint NOT NULL,
    CONSTRAINT shelving_done_says_how_much CHECK (((NOT ((state)::text = 'done'::text)) OR ((done_at IS NOT NULL) AND (minutes IS NOT NULL) AND (volumes IS NOT NULL)))),
    CONSTRAINT shelving_task_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT shelving_task_volumes_check CHECK ((volumes >= 0)),
    CONSTRAINT shelving_task_waiting_check CHECK ((waiting >= 0))
);
ALTER TABLE shelving_task ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME shelving_task_id_seq);
CREATE TABLE shelving_task_volunteers (
    id bigint NOT NULL,
    task_id bigint NOT NULL,
    volunteer_id bigint NOT NULL
);
ALTER TABLE shelving_task_volunteers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME shelving_task_volunteers_id_seq);
CREATE TABLE staff_auditentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    device character varying(60) NOT NULL,
    action character varying(60) NOT NULL,
    subject character varying(120) NOT NULL,
    before jsonb,
    after jsonb,
    reason character varying(200) NOT NULL,
    node_id bigint NOT NULL,
    staff_id bigint
);
ALTER TABLE staff_auditentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME staff_auditentry_id_seq);
CREATE TABLE staff_grant (
    id bigint NOT NULL,
    from_day date NOT NULL,
    until_day date,
    granted_by_id bigint,
    node_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    role_id bigint NOT NULL,
    CONSTRAINT staff_grant_span CHECK (((until_day IS NULL) OR (until_day > from_day)))
);
ALTER TABLE staff_grant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME staff_grant_id_seq);
CREATE TABLE staff_role (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    names jsonb NOT NULL,
    rights jsonb NOT NULL
);
ALTER TABLE staff_role ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME staff_role_id_seq);
CREATE TABLE staff_signintry (
    username character varying(60) NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT staff_signintry_failures_check CHECK ((failures >= 0))
);
CREATE TABLE staff_staffmember (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    username character varying(60) NOT NULL,
    uid uuid NOT NULL,
    name character varying(60) NOT NULL,
    totp_secret character varying(64) NOT NULL,
    is_active boolean NOT NULL,
    must_change_password boolean NOT NULL,
    department_id bigint,
    home_node_id bigint NOT NULL
);
ALTER TABLE staff_staffmember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME staff_staffmember_id_seq);
CREATE TABLE volunteers_service (
    id bigint NOT NULL,
    entry uuid NOT NULL,
    day date NOT NULL,
    key character varying(120) NOT NULL,
    volunteer_id bigint NOT NULL
);
ALTER TABLE volunteers_service ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME volunteers_service_id_seq);
CREATE TABLE volunteers_volunteer (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    standing character varying(10) NOT NULL,
    jobs jsonb NOT NULL,
    free_time character varying(200) NOT NULL,
    national_number character varying(40) NOT NULL,
    guardian_agreed boolean NOT NULL,
    asked_on date NOT NULL,
    joined_on date,
    ended_on date,
    why_left character varying(10) NOT NULL,
    reason character varying(200) NOT NULL,
    key character varying(80) NOT NULL,
    node_id bigint NOT NULL,
    patron_id bigint NOT NULL,
    CONSTRAINT volunteers_span CHECK (((joined_on IS NULL) OR (ended_on IS NULL) OR (ended_on >= joined_on))),
    CONSTRAINT volunteers_who_serves_joined CHECK (((NOT ((standing)::text = 'serving'::text)) OR ((ended_on IS NULL) AND (joined_on IS NOT NULL))))
);
ALTER TABLE volunteers_volunteer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME volunteers_volunteer_id_seq);
ALTER TABLE ONLY ledger_serviceevent ATTACH PARTITION ledger_serviceevent_default DEFAULT;
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (1, 'unimarc', '001', '', 'ours');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (2, 'unimarc', '035', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (3, 'unimarc', '091', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (4, 'unimarc', '092', '', 'ours');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (5, 'unimarc', '316', '5', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (6, 'unimarc', '317', '5', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (7, 'unimarc', '318', '5', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (8, 'unimarc', '600', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (9, 'unimarc', '601', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (10, 'unimarc', '606', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (11, 'unimarc', '607', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (12, 'unimarc', '610', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (13, 'unimarc', '690', '', 'ours');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (14, 'unimarc', '801', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (15, 'unimarc', '830', '', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (16, 'unimarc', '856', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (17, 'unimarc', '9XX', '', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (18, 'marc21', '001', '', 'ours');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (19, 'marc21', '003', '', 'ours');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (20, 'marc21', '035', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (21, 'marc21', '084', '', 'ours');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (22, 'marc21', '09X', '', 'ours');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (23, 'marc21', '500', '5', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (24, 'marc21', '541', '', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (25, 'marc21', '561', '', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (26, 'marc21', '583', '', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (27, 'marc21', '59X', '', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (28, 'marc21', '650', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (29, 'marc21', '651', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (30, 'marc21', '653', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (31, 'marc21', '69X', '', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (32, 'marc21', '852', '', 'never_theirs');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (33, 'marc21', '856', '', 'both');
INSERT INTO catalogue_overlayrule (id, family, tag, "having", keep) VALUES (34, 'marc21', '9XX', '', 'never_theirs');
SELECT pg_catalog.setval('catalogue_overlayrule_id_seq', 34, true);
ALTER TABLE ONLY acquisitions_batch ADD CONSTRAINT acquisitions_batch_number_key UNIQUE (number);
ALTER TABLE ONLY acquisitions_batch ADD CONSTRAINT acquisitions_batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_batch ADD CONSTRAINT acquisitions_batch_uid_key UNIQUE (uid);
ALTER TABLE ONLY acquisitions_batchcopy ADD CONSTRAINT acquisitions_batchcopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_batchfile ADD CONSTRAINT acquisitions_batchfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_batchstep ADD CONSTRAINT acquisitions_batchstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_batchtitle ADD CONSTRAINT acquisitions_batchtitle_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_bookshop ADD CONSTRAINT acquisitions_bookshop_code_key UNIQUE (code);
ALTER TABLE ONLY acquisitions_bookshop ADD CONSTRAINT acquisitions_bookshop_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_bookshop_series ADD CONSTRAINT acquisitions_bookshop_se_bookshop_id_barcodeserie_1c0d8fc0_uniq UNIQUE (bookshop_id, barcodeseries_id);
ALTER TABLE ONLY acquisitions_bookshop_series ADD CONSTRAINT acquisitions_bookshop_series_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_item_id_key UNIQUE (item_id);
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_key_key UNIQUE (key);
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_loan_uid_key UNIQUE (loan_uid);
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_number_key UNIQUE (number);
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_uid_key UNIQUE (uid);
ALTER TABLE ONLY acquisitions_choicecampaign_shops ADD CONSTRAINT acquisitions_choicecampa_choicecampaign_id_booksh_67fe6bde_uniq UNIQUE (choicecampaign_id, bookshop_id);
ALTER TABLE ONLY acquisitions_choicecampaign ADD CONSTRAINT acquisitions_choicecampaign_key_key UNIQUE (key);
ALTER TABLE ONLY acquisitions_choicecampaign ADD CONSTRAINT acquisitions_choicecampaign_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_choicecampaign_shops ADD CONSTRAINT acquisitions_choicecampaign_shops_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_choicerefusal ADD CONSTRAINT acquisitions_choicerefusal_key_key UNIQUE (key);
ALTER TABLE ONLY acquisitions_choicerefusal ADD CONSTRAINT acquisitions_choicerefusal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_batchcopy ADD CONSTRAINT acquisitions_one_copy_a_position UNIQUE (batch_id, "position");
ALTER TABLE ONLY acquisitions_sampleerror ADD CONSTRAINT acquisitions_one_error_of_a_kind UNIQUE (copy_id, kind);
ALTER TABLE ONLY acquisitions_batchfile ADD CONSTRAINT acquisitions_one_file_of_a_kind UNIQUE (batch_id, kind);
ALTER TABLE ONLY acquisitions_parcel ADD CONSTRAINT acquisitions_one_parcel_a_number UNIQUE (batch_id, number);
ALTER TABLE ONLY acquisitions_batchtitle ADD CONSTRAINT acquisitions_one_title_a_position UNIQUE (batch_id, "position");
ALTER TABLE ONLY acquisitions_parcel ADD CONSTRAINT acquisitions_parcel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_parcelscan ADD CONSTRAINT acquisitions_parcelscan_key_key UNIQUE (key);
ALTER TABLE ONLY acquisitions_parcelscan ADD CONSTRAINT acquisitions_parcelscan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_sampleerror ADD CONSTRAINT acquisitions_sampleerror_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_shopsettlement ADD CONSTRAINT acquisitions_shopsettlement_key_key UNIQUE (key);
ALTER TABLE ONLY acquisitions_shopsettlement ADD CONSTRAINT acquisitions_shopsettlement_number_key UNIQUE (number);
ALTER TABLE ONLY acquisitions_shopsettlement ADD CONSTRAINT acquisitions_shopsettlement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY acquisitions_supplier ADD CONSTRAINT acquisitions_supplier_code_key UNIQUE (code);
ALTER TABLE ONLY acquisitions_supplier ADD CONSTRAINT acquisitions_supplier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY activities_activitykind ADD CONSTRAINT activities_activitykind_code_key UNIQUE (code);
ALTER TABLE ONLY activities_activitykind ADD CONSTRAINT activities_activitykind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY activities_lesson ADD CONSTRAINT activities_lesson_pkey PRIMARY KEY (id);
ALTER TABLE ONLY activities_signup ADD CONSTRAINT activities_one_sign_up_a_reader UNIQUE (session_id, patron_id);
ALTER TABLE ONLY activities_planitem ADD CONSTRAINT activities_planitem_key_key UNIQUE (key);
ALTER TABLE ONLY activities_planitem ADD CONSTRAINT activities_planitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY activities_programme ADD CONSTRAINT activities_programme_code_key UNIQUE (code);
ALTER TABLE ONLY activities_programme ADD CONSTRAINT activities_programme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY activities_programme ADD CONSTRAINT activities_programme_uid_key UNIQUE (uid);
ALTER TABLE ONLY activities_session ADD CONSTRAINT activities_session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY activities_session ADD CONSTRAINT activities_session_uid_key UNIQUE (uid);
ALTER TABLE ONLY activities_signup ADD CONSTRAINT activities_signup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY activities_signup ADD CONSTRAINT activities_signup_uid_key UNIQUE (uid);
ALTER TABLE ONLY activities_tally ADD CONSTRAINT activities_tally_pkey PRIMARY KEY (id);
ALTER TABLE ONLY activities_tally ADD CONSTRAINT activities_tally_uid_key UNIQUE (uid);
ALTER TABLE ONLY annual_report_edition ADD CONSTRAINT annual_report_edition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY annual_report_edition ADD CONSTRAINT annual_report_edition_uid_key UNIQUE (uid);
ALTER TABLE ONLY annual_report_editionfigure ADD CONSTRAINT annual_report_editionfigure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY annual_report_editionfinding ADD CONSTRAINT annual_report_editionfinding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY annual_report_editionstep ADD CONSTRAINT annual_report_editionstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY annual_report_statedtext ADD CONSTRAINT annual_report_statedtext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth_group ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY auth_group_permissions ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY auth_group_permissions ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth_group ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth_permission ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY auth_permission ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_authority ADD CONSTRAINT catalogue_authority_number_once UNIQUE (number, format);
ALTER TABLE ONLY catalogue_authority ADD CONSTRAINT catalogue_authority_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_authority ADD CONSTRAINT catalogue_authority_uid_key UNIQUE (uid);
ALTER TABLE ONLY catalogue_authorityform ADD CONSTRAINT catalogue_authorityform_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_authoritylink ADD CONSTRAINT catalogue_authoritylink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_authoritymerge ADD CONSTRAINT catalogue_authoritymerge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_authoritymerge ADD CONSTRAINT catalogue_authoritymerge_uid_key UNIQUE (uid);
ALTER TABLE ONLY catalogue_authoritymergepart ADD CONSTRAINT catalogue_authoritymergepart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_authorityrewrite ADD CONSTRAINT catalogue_authorityrewrite_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_bibrecord ADD CONSTRAINT catalogue_bibrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_bibrecord ADD CONSTRAINT catalogue_bibrecord_uid_key UNIQUE (uid);
ALTER TABLE ONLY catalogue_briefrecord ADD CONSTRAINT catalogue_briefrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_briefrecord ADD CONSTRAINT catalogue_briefrecord_record_id_key UNIQUE (record_id);
ALTER TABLE ONLY catalogue_conversion ADD CONSTRAINT catalogue_conversion_once_a_format UNIQUE (record_id, target_format);
ALTER TABLE ONLY catalogue_conversion ADD CONSTRAINT catalogue_conversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_heldrecord ADD CONSTRAINT catalogue_heldrecord_pkey PRIMARY KEY (record_id);
ALTER TABLE ONLY catalogue_authoritylink ADD CONSTRAINT catalogue_link_once_a_record UNIQUE (record_id, tag, number);
ALTER TABLE ONLY catalogue_marcimport ADD CONSTRAINT catalogue_marcimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_recordnumber ADD CONSTRAINT catalogue_number_once_a_record UNIQUE (record_id, kind, number);
ALTER TABLE ONLY catalogue_overlayrule ADD CONSTRAINT catalogue_one_overlay_rule_a_field UNIQUE (family, tag, "having");
ALTER TABLE ONLY catalogue_overlayrule ADD CONSTRAINT catalogue_overlayrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_pocketpart ADD CONSTRAINT catalogue_pocketpart_pkey PRIMARY KEY (number);
ALTER TABLE ONLY catalogue_recordcondition ADD CONSTRAINT catalogue_recordcondition_pkey PRIMARY KEY (record_id);
ALTER TABLE ONLY catalogue_recordnumber ADD CONSTRAINT catalogue_recordnumber_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_recordsource ADD CONSTRAINT catalogue_recordsource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_recordversion ADD CONSTRAINT catalogue_recordversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_rejectedrecord ADD CONSTRAINT catalogue_rejectedrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_rejectedrecord ADD CONSTRAINT catalogue_rejectedrecord_raw_hash_key UNIQUE (raw_hash);
ALTER TABLE ONLY catalogue_takenrecord ADD CONSTRAINT catalogue_takenrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_unplacedrecord ADD CONSTRAINT catalogue_unplacedrecord_content_hash_key UNIQUE (content_hash);
ALTER TABLE ONLY catalogue_unplacedrecord ADD CONSTRAINT catalogue_unplacedrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_recordversion ADD CONSTRAINT catalogue_version_number_once UNIQUE (record_id, number);
ALTER TABLE ONLY circulation_campaignloan ADD CONSTRAINT circulation_asked_back_once UNIQUE (campaign_id, loan_id);
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorder_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorder_number_key UNIQUE (number);
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorder_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_campaignloan ADD CONSTRAINT circulation_campaignloan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensation_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensation_loan_id_key UNIQUE (loan_id);
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensation_new_item_id_key UNIQUE (new_item_id);
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensation_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_crate ADD CONSTRAINT circulation_crate_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_crate ADD CONSTRAINT circulation_crate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_driftbook ADD CONSTRAINT circulation_driftbook_item_id_key UNIQUE (item_id);
ALTER TABLE ONLY circulation_driftbook ADD CONSTRAINT circulation_driftbook_number_key UNIQUE (number);
ALTER TABLE ONLY circulation_driftbook ADD CONSTRAINT circulation_driftbook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_driftmove ADD CONSTRAINT circulation_driftmove_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_driftmove ADD CONSTRAINT circulation_driftmove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_driftmove ADD CONSTRAINT circulation_driftmove_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_driftpoint ADD CONSTRAINT circulation_driftpoint_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_driftpoint ADD CONSTRAINT circulation_driftpoint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_duedatemove ADD CONSTRAINT circulation_duedatemove_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_duedatemove ADD CONSTRAINT circulation_duedatemove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_duedatemove ADD CONSTRAINT circulation_duedatemove_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_duty ADD CONSTRAINT circulation_duty_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_duty ADD CONSTRAINT circulation_duty_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_duty ADD CONSTRAINT circulation_duty_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_dutyswap ADD CONSTRAINT circulation_dutyswap_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_dutyswap ADD CONSTRAINT circulation_dutyswap_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_emptiedbox ADD CONSTRAINT circulation_emptiedbox_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_emptiedbox ADD CONSTRAINT circulation_emptiedbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_grouploan ADD CONSTRAINT circulation_grouploan_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_grouploan ADD CONSTRAINT circulation_grouploan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_grouploan ADD CONSTRAINT circulation_grouploan_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_grouploanitem ADD CONSTRAINT circulation_grouploanitem_loan_id_key UNIQUE (loan_id);
ALTER TABLE ONLY circulation_grouploanitem ADD CONSTRAINT circulation_grouploanitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_handing ADD CONSTRAINT circulation_handing_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_handing ADD CONSTRAINT circulation_handing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_handing ADD CONSTRAINT circulation_handing_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_inhouseuse ADD CONSTRAINT circulation_inhouseuse_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_inhouseuse ADD CONSTRAINT circulation_inhouseuse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_inhouseuse ADD CONSTRAINT circulation_inhouseuse_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_journalline ADD CONSTRAINT circulation_journalline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_journalline ADD CONSTRAINT circulation_journalline_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_lendingtally ADD CONSTRAINT circulation_lendingtally_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_lendingtally ADD CONSTRAINT circulation_lendingtally_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_lendingtally ADD CONSTRAINT circulation_lendingtally_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_movedloan ADD CONSTRAINT circulation_loan_moved_once UNIQUE (move_id, loan_id);
ALTER TABLE ONLY circulation_loan ADD CONSTRAINT circulation_loan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_loan ADD CONSTRAINT circulation_loan_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_loanrule ADD CONSTRAINT circulation_loanrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_materialrequest ADD CONSTRAINT circulation_materialrequest_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_materialrequest ADD CONSTRAINT circulation_materialrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_movedloan ADD CONSTRAINT circulation_movedloan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_moveorder ADD CONSTRAINT circulation_moveorder_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_moveorder ADD CONSTRAINT circulation_moveorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_loan ADD CONSTRAINT circulation_one_loan_per_key UNIQUE (out_key);
ALTER TABLE ONLY circulation_readingplace ADD CONSTRAINT circulation_one_place_per_number UNIQUE (room_id, code);
ALTER TABLE ONLY circulation_ordercopy ADD CONSTRAINT circulation_ordercopy_loan_id_key UNIQUE (loan_id);
ALTER TABLE ONLY circulation_ordercopy ADD CONSTRAINT circulation_ordercopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_ordercopy ADD CONSTRAINT circulation_ordercopy_reservation_id_key UNIQUE (reservation_id);
ALTER TABLE ONLY circulation_orderline ADD CONSTRAINT circulation_orderline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_orderstep ADD CONSTRAINT circulation_orderstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_paperline ADD CONSTRAINT circulation_paperline_journal_uid_key UNIQUE (journal_uid);
ALTER TABLE ONLY circulation_paperline ADD CONSTRAINT circulation_paperline_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_paperline ADD CONSTRAINT circulation_paperline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_paperline ADD CONSTRAINT circulation_paperline_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_paperpage ADD CONSTRAINT circulation_paperpage_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_paperpage ADD CONSTRAINT circulation_paperpage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_paperpage ADD CONSTRAINT circulation_paperpage_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_placebooking ADD CONSTRAINT circulation_placebooking_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_placebooking ADD CONSTRAINT circulation_placebooking_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_placebooking ADD CONSTRAINT circulation_placebooking_session_id_key UNIQUE (session_id);
ALTER TABLE ONLY circulation_placebooking ADD CONSTRAINT circulation_placebooking_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_post ADD CONSTRAINT circulation_post_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_post ADD CONSTRAINT circulation_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_readingplace ADD CONSTRAINT circulation_readingplace_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_readingroom ADD CONSTRAINT circulation_readingroom_department_id_key UNIQUE (department_id);
ALTER TABLE ONLY circulation_readingroom ADD CONSTRAINT circulation_readingroom_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_readingsession ADD CONSTRAINT circulation_readingsession_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_readingsession ADD CONSTRAINT circulation_readingsession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_readingsession ADD CONSTRAINT circulation_readingsession_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_recall ADD CONSTRAINT circulation_recall_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_recall ADD CONSTRAINT circulation_recall_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_recallcampaign ADD CONSTRAINT circulation_recallcampaign_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_recallcampaign ADD CONSTRAINT circulation_recallcampaign_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_recallcampaign ADD CONSTRAINT circulation_recallcampaign_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_renewal ADD CONSTRAINT circulation_renewal_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_renewal ADD CONSTRAINT circulation_renewal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_renewal ADD CONSTRAINT circulation_renewal_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservation_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservation_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_themedset ADD CONSTRAINT circulation_themedset_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_themedset ADD CONSTRAINT circulation_themedset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_themedsettitle ADD CONSTRAINT circulation_themedsettitle_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_themedsettitle ADD CONSTRAINT circulation_title_once_in_set UNIQUE (themed_id, record_id);
ALTER TABLE ONLY circulation_transit ADD CONSTRAINT circulation_transit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY circulation_transit ADD CONSTRAINT circulation_transit_uid_key UNIQUE (uid);
ALTER TABLE ONLY circulation_undoing ADD CONSTRAINT circulation_undoing_key_key UNIQUE (key);
ALTER TABLE ONLY circulation_undoing ADD CONSTRAINT circulation_undoing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_dayclose ADD CONSTRAINT credit_a_day_is_closed_once UNIQUE (node_id, day);
ALTER TABLE ONLY credit_receipt ADD CONSTRAINT credit_a_number_is_used_once UNIQUE (book_id, number);
ALTER TABLE ONLY credit_reminded ADD CONSTRAINT credit_a_step_is_taken_once UNIQUE (source, days, how);
ALTER TABLE ONLY credit_amnesty ADD CONSTRAINT credit_amnesty_key_key UNIQUE (key);
ALTER TABLE ONLY credit_amnesty ADD CONSTRAINT credit_amnesty_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_amnestychange ADD CONSTRAINT credit_amnestychange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_approval ADD CONSTRAINT credit_approval_key_key UNIQUE (key);
ALTER TABLE ONLY credit_approval ADD CONSTRAINT credit_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_charge ADD CONSTRAINT credit_charge_key_key UNIQUE (key);
ALTER TABLE ONLY credit_charge ADD CONSTRAINT credit_charge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_dayclose ADD CONSTRAINT credit_dayclose_number_key UNIQUE (number);
ALTER TABLE ONLY credit_dayclose ADD CONSTRAINT credit_dayclose_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_depositclosing ADD CONSTRAINT credit_depositclosing_key_key UNIQUE (key);
ALTER TABLE ONLY credit_depositclosing ADD CONSTRAINT credit_depositclosing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_depositnotice ADD CONSTRAINT credit_depositnotice_key_key UNIQUE (key);
ALTER TABLE ONLY credit_depositnotice ADD CONSTRAINT credit_depositnotice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_drawer ADD CONSTRAINT credit_drawer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_guarantee ADD CONSTRAINT credit_guarantee_own_order_key UNIQUE (own_order);
ALTER TABLE ONLY credit_guarantee ADD CONSTRAINT credit_guarantee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_key_key UNIQUE (key);
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_reverses_id_key UNIQUE (reverses_id);
ALTER TABLE ONLY credit_drawer ADD CONSTRAINT credit_one_drawer_of_a_name UNIQUE (node_id, name);
ALTER TABLE ONLY credit_pointentry ADD CONSTRAINT credit_pointentry_key_key UNIQUE (key);
ALTER TABLE ONLY credit_pointentry ADD CONSTRAINT credit_pointentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_pointentry ADD CONSTRAINT credit_pointentry_reverses_id_key UNIQUE (reverses_id);
ALTER TABLE ONLY credit_receipt ADD CONSTRAINT credit_receipt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_receipt ADD CONSTRAINT credit_receipt_text_key UNIQUE (text);
ALTER TABLE ONLY credit_receiptbook ADD CONSTRAINT credit_receiptbook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_reminded ADD CONSTRAINT credit_reminded_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_review ADD CONSTRAINT credit_review_key_key UNIQUE (key);
ALTER TABLE ONLY credit_review ADD CONSTRAINT credit_review_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_rule ADD CONSTRAINT credit_rule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_shift ADD CONSTRAINT credit_shift_key_key UNIQUE (key);
ALTER TABLE ONLY credit_shift ADD CONSTRAINT credit_shift_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_sliprun ADD CONSTRAINT credit_sliprun_key_key UNIQUE (key);
ALTER TABLE ONLY credit_sliprun ADD CONSTRAINT credit_sliprun_number_key UNIQUE (number);
ALTER TABLE ONLY credit_sliprun ADD CONSTRAINT credit_sliprun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_stop ADD CONSTRAINT credit_stop_pkey PRIMARY KEY (id);
ALTER TABLE ONLY demo_demo ADD CONSTRAINT demo_demo_network_key UNIQUE (network);
ALTER TABLE ONLY demo_demo ADD CONSTRAINT demo_demo_pkey PRIMARY KEY (id);
ALTER TABLE ONLY demo_demostep ADD CONSTRAINT demo_demostep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY demo_demostep ADD CONSTRAINT demo_step_once UNIQUE (demo_id, name);
ALTER TABLE ONLY digital_housenetwork ADD CONSTRAINT digital_housenetwork_pkey PRIMARY KEY (id);
ALTER TABLE ONLY digital_suppliercount ADD CONSTRAINT digital_one_count_a_month UNIQUE (resource_id, month);
ALTER TABLE ONLY digital_housenetwork ADD CONSTRAINT digital_one_network_of_a_range UNIQUE (node_id, range);
ALTER TABLE ONLY digital_resource ADD CONSTRAINT digital_resource_code_key UNIQUE (code);
ALTER TABLE ONLY digital_resource ADD CONSTRAINT digital_resource_key_key UNIQUE (key);
ALTER TABLE ONLY digital_resource ADD CONSTRAINT digital_resource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY digital_resource ADD CONSTRAINT digital_resource_uid_key UNIQUE (uid);
ALTER TABLE ONLY digital_resourcepackage ADD CONSTRAINT digital_resourcepackage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY digital_resourcepackage ADD CONSTRAINT digital_resourcepackage_uid_key UNIQUE (uid);
ALTER TABLE ONLY digital_suppliercount ADD CONSTRAINT digital_suppliercount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY django_content_type ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY django_content_type ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY django_migrations ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY django_session ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY facilities_entryact ADD CONSTRAINT facilities_entryact_key_key UNIQUE (key);
ALTER TABLE ONLY facilities_entryact ADD CONSTRAINT facilities_entryact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_entrybooking ADD CONSTRAINT facilities_entrybooking_key_key UNIQUE (key);
ALTER TABLE ONLY facilities_entrybooking ADD CONSTRAINT facilities_entrybooking_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_entryslotcount ADD CONSTRAINT facilities_entryslotcount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_gate ADD CONSTRAINT facilities_gate_code_key UNIQUE (code);
ALTER TABLE ONLY facilities_gate ADD CONSTRAINT facilities_gate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_gatecount ADD CONSTRAINT facilities_gatecount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_gatecount ADD CONSTRAINT facilities_gatecount_uid_key UNIQUE (uid);
ALTER TABLE ONLY facilities_machine ADD CONSTRAINT facilities_machine_key_key UNIQUE (key);
ALTER TABLE ONLY facilities_machine ADD CONSTRAINT facilities_machine_number_key UNIQUE (number);
ALTER TABLE ONLY facilities_machine ADD CONSTRAINT facilities_machine_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_machine ADD CONSTRAINT facilities_machine_uid_key UNIQUE (uid);
ALTER TABLE ONLY facilities_machinedeed ADD CONSTRAINT facilities_machinedeed_key_key UNIQUE (key);
ALTER TABLE ONLY facilities_machinedeed ADD CONSTRAINT facilities_machinedeed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_machinedevice ADD CONSTRAINT facilities_machinedevice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_entryslotcount ADD CONSTRAINT facilities_one_count_a_slot UNIQUE (node_id, starts);
ALTER TABLE ONLY facilities_opening ADD CONSTRAINT facilities_opening_closed_key_key UNIQUE (closed_key);
ALTER TABLE ONLY facilities_opening ADD CONSTRAINT facilities_opening_key_key UNIQUE (key);
ALTER TABLE ONLY facilities_opening ADD CONSTRAINT facilities_opening_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_opening ADD CONSTRAINT facilities_opening_uid_key UNIQUE (uid);
ALTER TABLE ONLY facilities_ownmachinetype ADD CONSTRAINT facilities_ownmachinetype_code_key UNIQUE (code);
ALTER TABLE ONLY facilities_ownmachinetype ADD CONSTRAINT facilities_ownmachinetype_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_roomcount ADD CONSTRAINT facilities_roomcount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_roomcount ADD CONSTRAINT facilities_roomcount_uid_key UNIQUE (uid);
ALTER TABLE ONLY facilities_signingroom ADD CONSTRAINT facilities_signingroom_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_visittally ADD CONSTRAINT facilities_visittally_key_key UNIQUE (key);
ALTER TABLE ONLY facilities_visittally ADD CONSTRAINT facilities_visittally_pkey PRIMARY KEY (id);
ALTER TABLE ONLY facilities_visittally ADD CONSTRAINT facilities_visittally_uid_key UNIQUE (uid);
ALTER TABLE ONLY facilities_visittally ADD CONSTRAINT facilities_visittally_undone_key_key UNIQUE (undone_key);
ALTER TABLE ONLY files_storedfile ADD CONSTRAINT files_storedfile_key_key UNIQUE (key);
ALTER TABLE ONLY files_storedfile ADD CONSTRAINT files_storedfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY files_storedfile ADD CONSTRAINT files_storedfile_uid_key UNIQUE (uid);
ALTER TABLE ONLY holdings_allocationplan ADD CONSTRAINT holdings_allocationplan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_ancientvolume ADD CONSTRAINT holdings_ancientvolume_item_id_key UNIQUE (item_id);
ALTER TABLE ONLY holdings_ancientvolume ADD CONSTRAINT holdings_ancientvolume_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_ancientwork ADD CONSTRAINT holdings_ancientwork_entry_key UNIQUE (entry);
ALTER TABLE ONLY holdings_ancientwork ADD CONSTRAINT holdings_ancientwork_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_barcodeseries ADD CONSTRAINT holdings_barcodeseries_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_barcodeseries ADD CONSTRAINT holdings_barcodeseries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_batch ADD CONSTRAINT holdings_batch_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_batch ADD CONSTRAINT holdings_batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_batch ADD CONSTRAINT holdings_batch_undoes_id_key UNIQUE (undoes_id);
ALTER TABLE ONLY holdings_batchline ADD CONSTRAINT holdings_batchline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_bookentry ADD CONSTRAINT holdings_bookentry_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_bookentry ADD CONSTRAINT holdings_bookentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_callnumberscheme ADD CONSTRAINT holdings_callnumberscheme_code_key UNIQUE (code);
ALTER TABLE ONLY holdings_callnumberscheme ADD CONSTRAINT holdings_callnumberscheme_node_id_key UNIQUE (node_id);
ALTER TABLE ONLY holdings_callnumberscheme ADD CONSTRAINT holdings_callnumberscheme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_countfinding ADD CONSTRAINT holdings_countfinding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_countscan ADD CONSTRAINT holdings_countscan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_bookentry ADD CONSTRAINT holdings_entry_number_once UNIQUE (owner_node_id, direction, year, number);
ALTER TABLE ONLY holdings_formerholding ADD CONSTRAINT holdings_former_number_once UNIQUE (owner_node_id, accession_number);
ALTER TABLE ONLY holdings_formerholding ADD CONSTRAINT holdings_formerholding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_handover ADD CONSTRAINT holdings_handover_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_handover ADD CONSTRAINT holdings_handover_number_key UNIQUE (number);
ALTER TABLE ONLY holdings_handover ADD CONSTRAINT holdings_handover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_handoverline ADD CONSTRAINT holdings_handoverline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_accession_key_key UNIQUE (accession_key);
ALTER TABLE ONLY holdings_batchline ADD CONSTRAINT holdings_item_once_in_a_batch UNIQUE (batch_id, item_id);
ALTER TABLE ONLY holdings_weedingline ADD CONSTRAINT holdings_item_once_on_a_list UNIQUE (weeding_id, item_id);
ALTER TABLE ONLY holdings_handoverline ADD CONSTRAINT holdings_item_once_on_a_slip UNIQUE (handover_id, item_id);
ALTER TABLE ONLY holdings_transferline ADD CONSTRAINT holdings_item_once_on_a_transfer UNIQUE (transfer_id, item_id);
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_uid_key UNIQUE (uid);
ALTER TABLE ONLY holdings_itemtag ADD CONSTRAINT holdings_itemtag_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_itemtag ADD CONSTRAINT holdings_itemtag_uid_key UNIQUE (uid);
ALTER TABLE ONLY holdings_keptnumber ADD CONSTRAINT holdings_keptnumber_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_lockedline ADD CONSTRAINT holdings_lockedline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_lockedmonth ADD CONSTRAINT holdings_lockedmonth_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_lockedmonth ADD CONSTRAINT holdings_month_locked_once UNIQUE (owner_node_id, month);
ALTER TABLE ONLY holdings_keptnumber ADD CONSTRAINT holdings_number_once UNIQUE (scheme, class_number, number);
ALTER TABLE ONLY holdings_lockedline ADD CONSTRAINT holdings_number_once_a_month UNIQUE (month_id, item_id, direction, accession_number);
ALTER TABLE ONLY holdings_statechange ADD CONSTRAINT holdings_one_change_per_key UNIQUE (item_id, key);
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_one_item_per_accession_number UNIQUE (owner_node_id, accession_number);
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_one_item_per_barcode UNIQUE (barcode_key, barcode_scope);
ALTER TABLE ONLY holdings_countscan ADD CONSTRAINT holdings_one_scan_per_uid UNIQUE (uid);
ALTER TABLE ONLY holdings_pricecorrection ADD CONSTRAINT holdings_pricecorrection_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_pricecorrection ADD CONSTRAINT holdings_pricecorrection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_countscan ADD CONSTRAINT holdings_scanned_once UNIQUE (count_id, barcode_key);
ALTER TABLE ONLY holdings_barcodeseries ADD CONSTRAINT holdings_series_begins_once UNIQUE (scope, prefix, digits, first);
ALTER TABLE ONLY holdings_statechange ADD CONSTRAINT holdings_statechange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_stockcount ADD CONSTRAINT holdings_stockcount_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_stockcount ADD CONSTRAINT holdings_stockcount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_number_key UNIQUE (number);
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_transferline ADD CONSTRAINT holdings_transferline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_treatment ADD CONSTRAINT holdings_treatment_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_treatment ADD CONSTRAINT holdings_treatment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_weedingline ADD CONSTRAINT holdings_weedingline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY holdings_weedinglist ADD CONSTRAINT holdings_weedinglist_key_key UNIQUE (key);
ALTER TABLE ONLY holdings_weedinglist ADD CONSTRAINT holdings_weedinglist_number_key UNIQUE (number);
ALTER TABLE ONLY holdings_weedinglist ADD CONSTRAINT holdings_weedinglist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY indicators_agesum ADD CONSTRAINT indicators_agesum_pkey PRIMARY KEY (kind, grain, day, node, age, channel, loan_kind);
ALTER TABLE ONLY indicators_exchangesum ADD CONSTRAINT indicators_exchangesum_pkey PRIMARY KEY (kind, grain, day, node, owner_node, home_node, channel, loan_kind);
ALTER TABLE ONLY indicators_itemsum ADD CONSTRAINT indicators_itemsum_pkey PRIMARY KEY (kind, grain, day, node, material, main_class, audience, channel, loan_kind);
ALTER TABLE ONLY indicators_languagesum ADD CONSTRAINT indicators_languagesum_pkey PRIMARY KEY (kind, grain, day, node, language, material, channel, loan_kind);
ALTER TABLE ONLY indicators_personsum ADD CONSTRAINT indicators_personsum_pkey PRIMARY KEY (kind, grain, day, node, token, department, channel, loan_kind, category, sex, age);
ALTER TABLE ONLY indicators_placesum ADD CONSTRAINT indicators_placesum_pkey PRIMARY KEY (kind, grain, day, node, department, channel, subject, loan_kind);
ALTER TABLE ONLY indicators_readersum ADD CONSTRAINT indicators_readersum_pkey PRIMARY KEY (kind, grain, day, node, category, sex, special_group, channel, loan_kind);
ALTER TABLE ONLY indicators_worksum ADD CONSTRAINT indicators_worksum_pkey PRIMARY KEY (kind, grain, day, node, operator, department, channel, loan_kind);
ALTER TABLE ONLY jobs_answer ADD CONSTRAINT jobs_answer_once UNIQUE (operation, key);
ALTER TABLE ONLY jobs_answer ADD CONSTRAINT jobs_answer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY jobs_counter ADD CONSTRAINT jobs_counter_once UNIQUE (scheme, key);
ALTER TABLE ONLY jobs_counter ADD CONSTRAINT jobs_counter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY jobs_lease ADD CONSTRAINT jobs_lease_pkey PRIMARY KEY (name);
ALTER TABLE ONLY jobs_posted ADD CONSTRAINT jobs_posted_pkey PRIMARY KEY (id);
ALTER TABLE ONLY jobs_schedule ADD CONSTRAINT jobs_schedule_pkey PRIMARY KEY (name);
ALTER TABLE ONLY jobs_version ADD CONSTRAINT jobs_version_pkey PRIMARY KEY (name);
ALTER TABLE ONLY ledger_serviceevent ADD CONSTRAINT ledger_event_once UNIQUE (day, source);
ALTER TABLE ONLY ledger_measure ADD CONSTRAINT ledger_measure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ledger_measure ADD CONSTRAINT ledger_measure_version UNIQUE (code, valid_from);
ALTER TABLE ONLY ledger_serviceevent_default ADD CONSTRAINT ledger_serviceevent_default_day_source_key UNIQUE (day, source);
ALTER TABLE ONLY ledger_serviceevent ADD CONSTRAINT ledger_serviceevent_pkey PRIMARY KEY (day, id);
ALTER TABLE ONLY ledger_serviceevent_default ADD CONSTRAINT ledger_serviceevent_default_pkey PRIMARY KEY (day, id);
ALTER TABLE ONLY ledger_snapshot ADD CONSTRAINT ledger_snapshot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ledger_tokenkey ADD CONSTRAINT ledger_tokenkey_pkey PRIMARY KEY (year);
ALTER TABLE ONLY ledger_unfolded ADD CONSTRAINT ledger_unfolded_pkey PRIMARY KEY (event);
ALTER TABLE ONLY moving_pastsum ADD CONSTRAINT moving_a_sum_is_told_once UNIQUE (source, measure, role, node_id, day);
ALTER TABLE ONLY moving_misfit ADD CONSTRAINT moving_misfit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY moving_pastsum ADD CONSTRAINT moving_pastsum_pkey PRIMARY KEY (id);
ALTER TABLE ONLY moving_run ADD CONSTRAINT moving_run_key_key UNIQUE (key);
ALTER TABLE ONLY moving_run ADD CONSTRAINT moving_run_pkey PRIMARY KEY (id);
ALTER TABLE ONLY moving_run ADD CONSTRAINT moving_run_uid_key UNIQUE (uid);
ALTER TABLE ONLY network_admissioncap ADD CONSTRAINT network_admissioncap_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_closedperiod ADD CONSTRAINT network_closed_once UNIQUE (node_id, start);
ALTER TABLE ONLY network_closedperiod ADD CONSTRAINT network_closedperiod_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_closure ADD CONSTRAINT network_closure_once UNIQUE (ancestor_id, descendant_id, from_day);
ALTER TABLE ONLY network_closure ADD CONSTRAINT network_closure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_department ADD CONSTRAINT network_department_code_key UNIQUE (code);
ALTER TABLE ONLY network_department ADD CONSTRAINT network_department_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_openinghours ADD CONSTRAINT network_hours_once UNIQUE (node_id, weekday, opens, from_day);
ALTER TABLE ONLY network_node ADD CONSTRAINT network_node_code_key UNIQUE (code);
ALTER TABLE ONLY network_node ADD CONSTRAINT network_node_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_node ADD CONSTRAINT network_node_uid_key UNIQUE (uid);
ALTER TABLE ONLY network_nodestate ADD CONSTRAINT network_nodestate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_admissioncap ADD CONSTRAINT network_one_cap_a_day UNIQUE (node_id, from_day);
ALTER TABLE ONLY network_nodestate ADD CONSTRAINT network_one_state_a_day UNIQUE (node_id, from_day);
ALTER TABLE ONLY network_openinghours ADD CONSTRAINT network_openinghours_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_placement ADD CONSTRAINT network_placement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_season ADD CONSTRAINT network_season_once UNIQUE (node_id, code, start);
ALTER TABLE ONLY network_season ADD CONSTRAINT network_season_pkey PRIMARY KEY (id);
ALTER TABLE ONLY network_specialday ADD CONSTRAINT network_specialday_day_key UNIQUE (day);
ALTER TABLE ONLY network_specialday ADD CONSTRAINT network_specialday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY notices_delivery ADD CONSTRAINT notices_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY notices_delivery ADD CONSTRAINT notices_delivery_uid_key UNIQUE (uid);
ALTER TABLE ONLY notices_delivery ADD CONSTRAINT notices_each_way_once UNIQUE (notice_id, means);
ALTER TABLE ONLY notices_notice ADD CONSTRAINT notices_notice_key_key UNIQUE (key);
ALTER TABLE ONLY notices_notice ADD CONSTRAINT notices_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY notices_notice ADD CONSTRAINT notices_notice_uid_key UNIQUE (uid);
ALTER TABLE ONLY notices_noticerule ADD CONSTRAINT notices_noticerule_node_id_key UNIQUE (node_id);
ALTER TABLE ONLY notices_noticerule ADD CONSTRAINT notices_noticerule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY notices_sender ADD CONSTRAINT notices_one_sender_each UNIQUE (node_id, means);
ALTER TABLE ONLY notices_ownwording ADD CONSTRAINT notices_one_wording_each UNIQUE (node_id, code);
ALTER TABLE ONLY notices_ownwording ADD CONSTRAINT notices_ownwording_pkey PRIMARY KEY (id);
ALTER TABLE ONLY notices_sender ADD CONSTRAINT notices_sender_pkey PRIMARY KEY (id);
ALTER TABLE ONLY notices_wish ADD CONSTRAINT notices_wish_pkey PRIMARY KEY (patron_id);
ALTER TABLE ONLY outreach_doorcopy ADD CONSTRAINT outreach_book_once_each_way UNIQUE (loan_id, handed);
ALTER TABLE ONLY outreach_busline ADD CONSTRAINT outreach_busline_key_key UNIQUE (key);
ALTER TABLE ONLY outreach_busline ADD CONSTRAINT outreach_busline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_busstop ADD CONSTRAINT outreach_busstop_entry_key UNIQUE (entry);
ALTER TABLE ONLY outreach_busstop ADD CONSTRAINT outreach_busstop_key_key UNIQUE (key);
ALTER TABLE ONLY outreach_busstop ADD CONSTRAINT outreach_busstop_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_busstop ADD CONSTRAINT outreach_busstop_uid_key UNIQUE (uid);
ALTER TABLE ONLY outreach_doorvisit ADD CONSTRAINT outreach_door_once_a_run UNIQUE (run_id, reader_id);
ALTER TABLE ONLY outreach_doorcopy ADD CONSTRAINT outreach_doorcopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_doorreader ADD CONSTRAINT outreach_doorreader_key_key UNIQUE (key);
ALTER TABLE ONLY outreach_doorreader ADD CONSTRAINT outreach_doorreader_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_doorreader ADD CONSTRAINT outreach_doorreader_uid_key UNIQUE (uid);
ALTER TABLE ONLY outreach_doorrule ADD CONSTRAINT outreach_doorrule_key_key UNIQUE (key);
ALTER TABLE ONLY outreach_doorrule ADD CONSTRAINT outreach_doorrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_doorrun ADD CONSTRAINT outreach_doorrun_key_key UNIQUE (key);
ALTER TABLE ONLY outreach_doorrun ADD CONSTRAINT outreach_doorrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_doorrun ADD CONSTRAINT outreach_doorrun_uid_key UNIQUE (uid);
ALTER TABLE ONLY outreach_doorvisit ADD CONSTRAINT outreach_doorvisit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_doorvisit ADD CONSTRAINT outreach_doorvisit_uid_key UNIQUE (uid);
ALTER TABLE ONLY outreach_linecall ADD CONSTRAINT outreach_linecall_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_lineexception ADD CONSTRAINT outreach_lineexception_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_lineexception ADD CONSTRAINT outreach_one_exception_a_day UNIQUE (line_id, day);
ALTER TABLE ONLY outreach_linecall ADD CONSTRAINT outreach_stop_once_a_line UNIQUE (line_id, stop_id);
ALTER TABLE ONLY outreach_trip ADD CONSTRAINT outreach_trip_key_key UNIQUE (key);
ALTER TABLE ONLY outreach_trip ADD CONSTRAINT outreach_trip_pkey PRIMARY KEY (id);
ALTER TABLE ONLY outreach_trip ADD CONSTRAINT outreach_trip_uid_key UNIQUE (uid);
ALTER TABLE ONLY outreach_tripstop ADD CONSTRAINT outreach_tripstop_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_application ADD CONSTRAINT patrons_application_key_key UNIQUE (key);
ALTER TABLE ONLY patrons_application ADD CONSTRAINT patrons_application_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_application ADD CONSTRAINT patrons_application_uid_key UNIQUE (uid);
ALTER TABLE ONLY patrons_card ADD CONSTRAINT patrons_card_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_category ADD CONSTRAINT patrons_category_code_key UNIQUE (code);
ALTER TABLE ONLY patrons_category ADD CONSTRAINT patrons_category_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_contact ADD CONSTRAINT patrons_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_familybond ADD CONSTRAINT patrons_familybond_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_guardian ADD CONSTRAINT patrons_guardian_patron_id_key UNIQUE (patron_id);
ALTER TABLE ONLY patrons_guardian ADD CONSTRAINT patrons_guardian_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_intake ADD CONSTRAINT patrons_intake_key_key UNIQUE (key);
ALTER TABLE ONLY patrons_intake ADD CONSTRAINT patrons_intake_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_intake ADD CONSTRAINT patrons_intake_uid_key UNIQUE (uid);
ALTER TABLE ONLY patrons_intakeline ADD CONSTRAINT patrons_intakeline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_joiningrule ADD CONSTRAINT patrons_joiningrule_node_id_key UNIQUE (node_id);
ALTER TABLE ONLY patrons_joiningrule ADD CONSTRAINT patrons_joiningrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_intakeline ADD CONSTRAINT patrons_line_once_in_an_intake UNIQUE (intake_id, number);
ALTER TABLE ONLY patrons_password ADD CONSTRAINT patrons_password_pkey PRIMARY KEY (patron_id);
ALTER TABLE ONLY patrons_patron ADD CONSTRAINT patrons_patron_pkey PRIMARY KEY (id);
ALTER TABLE ONLY patrons_patron ADD CONSTRAINT patrons_patron_registration_key_key UNIQUE (registration_key);
ALTER TABLE ONLY patrons_patron ADD CONSTRAINT patrons_patron_uid_key UNIQUE (uid);
ALTER TABLE ONLY patrons_unitmember ADD CONSTRAINT patrons_unitmember_pkey PRIMARY KEY (patron_id);
ALTER TABLE ONLY protocols_apitoken ADD CONSTRAINT protocols_apitoken_digest_key UNIQUE (digest);
ALTER TABLE ONLY protocols_apitoken ADD CONSTRAINT protocols_apitoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_apitoken ADD CONSTRAINT protocols_apitoken_uid_key UNIQUE (uid);
ALTER TABLE ONLY protocols_copyanswer ADD CONSTRAINT protocols_copyanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_copyhit ADD CONSTRAINT protocols_copyhit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_copysearch ADD CONSTRAINT protocols_copysearch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_copysearch ADD CONSTRAINT protocols_copysearch_uid_key UNIQUE (uid);
ALTER TABLE ONLY protocols_copytarget ADD CONSTRAINT protocols_copytarget_name_key UNIQUE (name);
ALTER TABLE ONLY protocols_copytarget ADD CONSTRAINT protocols_copytarget_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_copyhit ADD CONSTRAINT protocols_hit_has_its_place UNIQUE (answer_id, "position");
ALTER TABLE ONLY protocols_copyanswer ADD CONSTRAINT protocols_one_answer_a_target UNIQUE (search_id, target_id);
ALTER TABLE ONLY protocols_terminalday ADD CONSTRAINT protocols_one_sum_a_terminal_and_day UNIQUE (terminal_id, day);
ALTER TABLE ONLY protocols_upload ADD CONSTRAINT protocols_one_upload_each UNIQUE (centre_id, record_id);
ALTER TABLE ONLY protocols_refusedsignins ADD CONSTRAINT protocols_refusedsignins_pkey PRIMARY KEY (address);
ALTER TABLE ONLY protocols_terminal ADD CONSTRAINT protocols_terminal_code_key UNIQUE (code);
ALTER TABLE ONLY protocols_terminal ADD CONSTRAINT protocols_terminal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_terminalday ADD CONSTRAINT protocols_terminalday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_terminalfault ADD CONSTRAINT protocols_terminalfault_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_upload ADD CONSTRAINT protocols_upload_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_uploadbatch ADD CONSTRAINT protocols_uploadbatch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY protocols_uploadcentre ADD CONSTRAINT protocols_uploadcentre_name_key UNIQUE (name);
ALTER TABLE ONLY protocols_uploadcentre ADD CONSTRAINT protocols_uploadcentre_pkey PRIMARY KEY (id);
ALTER TABLE ONLY registers_amendment ADD CONSTRAINT registers_amendment_once UNIQUE (entry_id, revision);
ALTER TABLE ONLY registers_amendment ADD CONSTRAINT registers_amendment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY registers_bookversion ADD CONSTRAINT registers_book_version UNIQUE (code, version);
ALTER TABLE ONLY registers_bookversion ADD CONSTRAINT registers_bookversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY registers_entry ADD CONSTRAINT registers_entry_once UNIQUE (book, key);
ALTER TABLE ONLY registers_entry ADD CONSTRAINT registers_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY registers_entry ADD CONSTRAINT registers_entry_uid_key UNIQUE (uid);
ALTER TABLE ONLY annual_report_edition ADD CONSTRAINT report_edition_number UNIQUE (node_id, year, number);
ALTER TABLE ONLY annual_report_editionfigure ADD CONSTRAINT report_figure_ref UNIQUE (edition_id, ref);
ALTER TABLE ONLY shelving_area ADD CONSTRAINT shelving_area_key_key UNIQUE (key);
ALTER TABLE ONLY shelving_area ADD CONSTRAINT shelving_area_pkey PRIMARY KEY (id);
ALTER TABLE ONLY shelving_finding ADD CONSTRAINT shelving_finding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY shelving_reading ADD CONSTRAINT shelving_reading_key_key UNIQUE (key);
ALTER TABLE ONLY shelving_reading ADD CONSTRAINT shelving_reading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY shelving_task ADD CONSTRAINT shelving_task_key_key UNIQUE (key);
ALTER TABLE ONLY shelving_task ADD CONSTRAINT shelving_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY shelving_task ADD CONSTRAINT shelving_task_uid_key UNIQUE (uid);
ALTER TABLE ONLY shelving_task_volunteers ADD CONSTRAINT shelving_task_volunteers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY shelving_task_volunteers ADD CONSTRAINT shelving_task_volunteers_task_id_volunteer_id_362160ac_uniq UNIQUE (task_id, volunteer_id);
ALTER TABLE ONLY staff_auditentry ADD CONSTRAINT staff_auditentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY staff_grant ADD CONSTRAINT staff_grant_once UNIQUE (staff_id, role_id, node_id, from_day);
ALTER TABLE ONLY staff_grant ADD CONSTRAINT staff_grant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY staff_role ADD CONSTRAINT staff_role_code_key UNIQUE (code);
ALTER TABLE ONLY staff_role ADD CONSTRAINT staff_role_pkey PRIMARY KEY (id);
ALTER TABLE ONLY staff_signintry ADD CONSTRAINT staff_signintry_pkey PRIMARY KEY (username);
ALTER TABLE ONLY staff_staffmember ADD CONSTRAINT staff_staffmember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY staff_staffmember ADD CONSTRAINT staff_staffmember_uid_key UNIQUE (uid);
ALTER TABLE ONLY staff_staffmember ADD CONSTRAINT staff_staffmember_username_key UNIQUE (username);
ALTER TABLE ONLY volunteers_service ADD CONSTRAINT volunteers_service_entry_key UNIQUE (entry);
ALTER TABLE ONLY volunteers_service ADD CONSTRAINT volunteers_service_key_key UNIQUE (key);
ALTER TABLE ONLY volunteers_service ADD CONSTRAINT volunteers_service_pkey PRIMARY KEY (id);
ALTER TABLE ONLY volunteers_volunteer ADD CONSTRAINT volunteers_volunteer_key_key UNIQUE (key);
ALTER TABLE ONLY volunteers_volunteer ADD CONSTRAINT volunteers_volunteer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY volunteers_volunteer ADD CONSTRAINT volunteers_volunteer_uid_key UNIQUE (uid);
CREATE INDEX acquisitions_batch_node_id_99c1feb2 ON acquisitions_batch USING btree (node_id);
CREATE INDEX acquisitions_batch_number_86b822d0_like ON acquisitions_batch USING btree (number varchar_pattern_ops);
CREATE INDEX acquisitions_batch_supplier_id_bacafeec ON acquisitions_batch USING btree (supplier_id);
CREATE INDEX acquisitions_batchcopy_batch_id_36449bf1 ON acquisitions_batchcopy USING btree (batch_id);
CREATE INDEX acquisitions_batchcopy_item_id_4e5256d8 ON acquisitions_batchcopy USING btree (item_id);
CREATE INDEX acquisitions_batchcopy_title_id_5e7adb28 ON acquisitions_batchcopy USING btree (title_id);
CREATE INDEX acquisitions_batchfile_batch_id_1f671c55 ON acquisitions_batchfile USING btree (batch_id);
CREATE INDEX acquisitions_batchstep_batch_id_3f88d098 ON acquisitions_batchstep USING btree (batch_id);
CREATE INDEX acquisitions_batchtitle_batch_id_f269018f ON acquisitions_batchtitle USING btree (batch_id);
CREATE INDEX acquisitions_batchtitle_record_id_9e3a6b48 ON acquisitions_batchtitle USING btree (record_id);
CREATE INDEX acquisitions_batchtitle_same_as_id_d2cbf959 ON acquisitions_batchtitle USING btree (same_as_id);
CREATE INDEX acquisitions_bookshop_code_0045b82f_like ON acquisitions_bookshop USING btree (code varchar_pattern_ops);
CREATE INDEX acquisitions_bookshop_node_id_fd27bf07 ON acquisitions_bookshop USING btree (node_id);
CREATE INDEX acquisitions_bookshop_series_barcodeseries_id_e3a05dd9 ON acquisitions_bookshop_series USING btree (barcodeseries_id);
CREATE INDEX acquisitions_bookshop_series_bookshop_id_e176ff9c ON acquisitions_bookshop_series USING btree (bookshop_id);
CREATE INDEX acquisitions_bookshop_supplier_id_4991f92f ON acquisitions_bookshop USING btree (supplier_id);
CREATE INDEX acquisitions_choice_by_day ON acquisitions_choice USING btree (shop_id, day);
CREATE INDEX acquisitions_choice_by_isbn ON acquisitions_choice USING btree (isbn);
CREATE INDEX acquisitions_choice_by_reader ON acquisitions_choice USING btree (person_token, day);
CREATE INDEX acquisitions_choice_campaign_id_82692814 ON acquisitions_choice USING btree (campaign_id);
CREATE INDEX acquisitions_choice_key_04ddace9_like ON acquisitions_choice USING btree (key varchar_pattern_ops);
CREATE INDEX acquisitions_choice_number_3c31aad7_like ON acquisitions_choice USING btree (number varchar_pattern_ops);
CREATE INDEX acquisitions_choice_settlement_id_a542767a ON acquisitions_choice USING btree (settlement_id);
CREATE INDEX acquisitions_choicecampaign_key_0e9d2085_like ON acquisitions_choicecampaign USING btree (key varchar_pattern_ops);
CREATE INDEX acquisitions_choicecampaign_node_id_0697affd ON acquisitions_choicecampaign USING btree (node_id);
CREATE INDEX acquisitions_choicecampaign_shops_bookshop_id_a04a0988 ON acquisitions_choicecampaign_shops USING btree (bookshop_id);
CREATE INDEX acquisitions_choicecampaign_shops_choicecampaign_id_fd0be389 ON acquisitions_choicecampaign_shops USING btree (choicecampaign_id);
CREATE INDEX acquisitions_choicerefusal_campaign_id_c8a9e95e ON acquisitions_choicerefusal USING btree (campaign_id);
CREATE INDEX acquisitions_choicerefusal_key_8b9f3ac9_like ON acquisitions_choicerefusal USING btree (key varchar_pattern_ops);
CREATE INDEX acquisitions_doubtful ON acquisitions_batchtitle USING btree (batch_id) WHERE ((outcome)::text = 'doubtful'::text);
CREATE UNIQUE INDEX acquisitions_one_batch_per_file ON acquisitions_batchfile USING btree (digest) WHERE is_live;
CREATE UNIQUE INDEX acquisitions_one_copy_a_barcode ON acquisitions_batchcopy USING btree (batch_id, barcode_key) WHERE (NOT ((barcode_key)::text = ''::text));
CREATE UNIQUE INDEX acquisitions_one_statement_a_month ON acquisitions_shopsettlement USING btree (shop_id, month) WHERE (NOT ((state)::text = 'sent_back'::text));
CREATE INDEX acquisitions_parcel_batch_id_55a43e7d ON acquisitions_parcel USING btree (batch_id);
CREATE INDEX acquisitions_parcelscan_batch_id_8ed7b81a ON acquisitions_parcelscan USING btree (batch_id);
CREATE INDEX acquisitions_parcelscan_copy_id_e3fd47e9 ON acquisitions_parcelscan USING btree (copy_id);
CREATE INDEX acquisitions_parcelscan_key_bfd7b6c2_like ON acquisitions_parcelscan USING btree (key varchar_pattern_ops);
CREATE INDEX acquisitions_refusal_by_day ON acquisitions_choicerefusal USING btree (shop_id, day);
CREATE INDEX acquisitions_sampleerror_copy_id_04ab75b0 ON acquisitions_sampleerror USING btree (copy_id);
CREATE INDEX acquisitions_shopsettlement_key_369e1c19_like ON acquisitions_shopsettlement USING btree (key varchar_pattern_ops);
CREATE INDEX acquisitions_shopsettlement_number_4fa991f9_like ON acquisitions_shopsettlement USING btree (number varchar_pattern_ops);
CREATE INDEX acquisitions_shopsettlement_shop_id_be684dcb ON acquisitions_shopsettlement USING btree (shop_id);
CREATE INDEX acquisitions_supplier_code_534d32cd_like ON acquisitions_supplier USING btree (code varchar_pattern_ops);
CREATE INDEX activities_activitykind_code_218d719d_like ON activities_activitykind USING btree (code varchar_pattern_ops);
CREATE INDEX activities_lesson_session_id_6be5e501 ON activities_lesson USING btree (session_id);
CREATE UNIQUE INDEX activities_one_standing_tally_a_day_and_mode ON activities_tally USING btree (session_id, day, mode) WHERE (replaced_at IS NULL);
CREATE INDEX activities_plan_by_node ON activities_planitem USING btree (node_id, due_on);
CREATE INDEX activities_planitem_key_44e82821_like ON activities_planitem USING btree (key varchar_pattern_ops);
CREATE INDEX activities_planitem_node_id_e5e9f7f3 ON activities_planitem USING btree (node_id);
CREATE INDEX activities_programme_by_node ON activities_programme USING btree (node_id, code);
CREATE INDEX activities_programme_code_5b4d8038_like ON activities_programme USING btree (code varchar_pattern_ops);
CREATE INDEX activities_programme_node_id_2c1885a1 ON activities_programme USING btree (node_id);
CREATE INDEX activities_programme_part_of_id_4d00bb51 ON activities_programme USING btree (part_of_id);
CREATE INDEX activities_session_by_node ON activities_session USING btree (node_id, starts_at, id);
CREATE INDEX activities_session_department_id_a9578060 ON activities_session USING btree (department_id);
CREATE INDEX activities_session_node_id_352df794 ON activities_session USING btree (node_id);
CREATE INDEX activities_session_programme_id_81afb11f ON activities_session USING btree (programme_id);
CREATE INDEX activities_signup_patron_id_8c9666f9 ON activities_signup USING btree (patron_id);
CREATE INDEX activities_signup_session_id_2a4058e5 ON activities_signup USING btree (session_id);
CREATE INDEX activities_tally_session_id_2c9c018d ON activities_tally USING btree (session_id);
CREATE INDEX annual_report_edition_composed_by_id_e843cf05 ON annual_report_edition USING btree (composed_by_id);
CREATE INDEX annual_report_edition_node_id_08313971 ON annual_report_edition USING btree (node_id);
CREATE INDEX annual_report_editionfigure_edition_id_5a7e7c88 ON annual_report_editionfigure USING btree (edition_id);
CREATE INDEX annual_report_editionfinding_edition_id_583d3184 ON annual_report_editionfinding USING btree (edition_id);
CREATE INDEX annual_report_editionfinding_released_by_id_374daf51 ON annual_report_editionfinding USING btree (released_by_id);
CREATE INDEX annual_report_editionstep_by_id_12af3d41 ON annual_report_editionstep USING btree (by_id);
CREATE INDEX annual_report_editionstep_edition_id_d192d4b5 ON annual_report_editionstep USING btree (edition_id);
CREATE INDEX annual_report_statedtext_entered_by_id_ba45aa99 ON annual_report_statedtext USING btree (entered_by_id);
CREATE INDEX annual_report_statedtext_node_id_4e09669f ON annual_report_statedtext USING btree (node_id);
CREATE INDEX auth_group_name_a6ea08ec_like ON auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON auth_permission USING btree (content_type_id);
CREATE INDEX catalogue_authority_heading_key_08507508 ON catalogue_authority USING btree (heading_key);
CREATE INDEX catalogue_authority_heading_key_08507508_like ON catalogue_authority USING btree (heading_key varchar_pattern_ops);
CREATE INDEX catalogue_authority_merged_into_id_c7c1fb26 ON catalogue_authority USING btree (merged_into_id);
CREATE INDEX catalogue_authority_node_id_583eb3f6 ON catalogue_authority USING btree (node_id);
CREATE INDEX catalogue_authorityform_authority_id_86d57e5b ON catalogue_authorityform USING btree (authority_id);
CREATE INDEX catalogue_authorityform_key_9adfd945 ON catalogue_authorityform USING btree (key);
CREATE INDEX catalogue_authorityform_key_9adfd945_like ON catalogue_authorityform USING btree (key varchar_pattern_ops);
CREATE INDEX catalogue_authoritylink_authority_id_8efc4b80 ON catalogue_authoritylink USING btree (authority_id);
CREATE INDEX catalogue_authoritylink_number_ff69ffd3 ON catalogue_authoritylink USING btree (number);
CREATE INDEX catalogue_authoritylink_number_ff69ffd3_like ON catalogue_authoritylink USING btree (number varchar_pattern_ops);
CREATE INDEX catalogue_authoritylink_record_id_16bd5b44 ON catalogue_authoritylink USING btree (record_id);
CREATE INDEX catalogue_authoritymerge_gone_id_cbf54aa1 ON catalogue_authoritymerge USING btree (gone_id);
CREATE INDEX catalogue_authoritymerge_kept_id_4b238796 ON catalogue_authoritymerge USING btree (kept_id);
CREATE INDEX catalogue_authoritymergepart_merge_id_e4a3a9b7 ON catalogue_authoritymergepart USING btree (merge_id);
CREATE INDEX catalogue_authorityrewrite_authority_id_9182730b ON catalogue_authorityrewrite USING btree (authority_id);
CREATE INDEX catalogue_authorityrewrite_merge_id_9a17d3d2 ON catalogue_authorityrewrite USING btree (merge_id);
CREATE INDEX catalogue_authorityrewrite_node_id_00a7f57e ON catalogue_authorityrewrite USING btree (node_id);
CREATE INDEX catalogue_bibrecord_content_hash_3aa3b8f2 ON catalogue_bibrecord USING btree (content_hash);
CREATE INDEX catalogue_bibrecord_content_hash_3aa3b8f2_like ON catalogue_bibrecord USING btree (content_hash varchar_pattern_ops);
CREATE INDEX catalogue_bibrecord_control_number_c4e39a3f ON catalogue_bibrecord USING btree (control_number);
CREATE INDEX catalogue_bibrecord_control_number_c4e39a3f_like ON catalogue_bibrecord USING btree (control_number varchar_pattern_ops);
CREATE INDEX catalogue_bibrecord_node_id_8c1ff7f8 ON catalogue_bibrecord USING btree (node_id);
CREATE INDEX catalogue_bibrecord_title_key_2473ac4f ON catalogue_bibrecord USING btree (title_key);
CREATE INDEX catalogue_bibrecord_title_key_2473ac4f_like ON catalogue_bibrecord USING btree (title_key varchar_pattern_ops);
CREATE INDEX catalogue_briefrecord_node_id_b1995605 ON catalogue_briefrecord USING btree (node_id);
CREATE INDEX catalogue_condition_since ON catalogue_recordcondition USING btree (since);
CREATE INDEX catalogue_conversion_record_id_9f19e70e ON catalogue_conversion USING btree (record_id);
CREATE INDEX catalogue_marcimport_node_id_3c973dcc ON catalogue_marcimport USING btree (node_id);
CREATE INDEX catalogue_number ON catalogue_recordnumber USING btree (number);
CREATE INDEX catalogue_record_by_change ON catalogue_bibrecord USING btree (updated_at, id);
CREATE INDEX catalogue_record_by_source ON catalogue_bibrecord USING btree (agency, control_number);
CREATE INDEX catalogue_recordcondition_node_id_72657633 ON catalogue_recordcondition USING btree (node_id);
CREATE INDEX catalogue_recordnumber_record_id_0e000f2f ON catalogue_recordnumber USING btree (record_id);
CREATE INDEX catalogue_recordsource_content_hash_9efc6335 ON catalogue_recordsource USING btree (content_hash);
CREATE INDEX catalogue_recordsource_content_hash_9efc6335_like ON catalogue_recordsource USING btree (content_hash varchar_pattern_ops);
CREATE INDEX catalogue_recordsource_record_id_b44ed55d ON catalogue_recordsource USING btree (record_id);
CREATE INDEX catalogue_recordsource_run_id_e368d767 ON catalogue_recordsource USING btree (run_id);
CREATE INDEX catalogue_recordversion_node_id_591eb94a ON catalogue_recordversion USING btree (node_id);
CREATE INDEX catalogue_recordversion_record_id_6f931867 ON catalogue_recordversion USING btree (record_id);
CREATE INDEX catalogue_rejected_waiting ON catalogue_rejectedrecord USING btree (id) WHERE (NOT is_settled);
CREATE INDEX catalogue_rejectedrecord_raw_hash_2b763292_like ON catalogue_rejectedrecord USING btree (raw_hash varchar_pattern_ops);
CREATE INDEX catalogue_rejectedrecord_record_id_5b9b5ea8 ON catalogue_rejectedrecord USING btree (record_id);
CREATE INDEX catalogue_rejectedrecord_run_id_347bebb9 ON catalogue_rejectedrecord USING btree (run_id);
CREATE INDEX catalogue_takenrecord_record_id_8b69cc9e ON catalogue_takenrecord USING btree (record_id);
CREATE INDEX catalogue_unplacedrecord_content_hash_cf7547b9_like ON catalogue_unplacedrecord USING btree (content_hash varchar_pattern_ops);
CREATE INDEX catalogue_unplacedrecord_control_number_20bfedab ON catalogue_unplacedrecord USING btree (control_number);
CREATE INDEX catalogue_unplacedrecord_control_number_20bfedab_like ON catalogue_unplacedrecord USING btree (control_number varchar_pattern_ops);
CREATE INDEX catalogue_unplacedrecord_run_id_a4a6d7d8 ON catalogue_unplacedrecord USING btree (run_id);
CREATE UNIQUE INDEX circulation_a_place_is_booked_once ON circulation_placebooking USING btree (place_id, starts) WHERE ((state)::text = ANY (ARRAY[('booked'::character varying)::text, ('used'::character varying)::text]));
CREATE INDEX circulation_bookorder_group_id_90c5a3f2 ON circulation_bookorder USING btree (group_id);
CREATE INDEX circulation_bookorder_key_354aeb9c_like ON circulation_bookorder USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_bookorder_made_node_id_44e493e7 ON circulation_bookorder USING btree (made_node_id);
CREATE INDEX circulation_bookorder_number_f4162166_like ON circulation_bookorder USING btree (number varchar_pattern_ops);
CREATE INDEX circulation_bookorder_patron_id_25b0b646 ON circulation_bookorder USING btree (patron_id);
CREATE INDEX circulation_bookorder_place_id_62731f19 ON circulation_bookorder USING btree (place_id);
CREATE INDEX circulation_bookorder_themed_id_717fb1ac ON circulation_bookorder USING btree (themed_id);
CREATE INDEX circulation_box_of_machine ON circulation_emptiedbox USING btree (node_id, device, emptied_at);
CREATE INDEX circulation_by_item ON circulation_loan USING btree (item_id, lent_at);
CREATE INDEX circulation_by_reader ON circulation_loan USING btree (patron_id, lent_at);
CREATE INDEX circulation_campaign_at_work ON circulation_recallcampaign USING btree (id) WHERE (settled_at IS NULL);
CREATE INDEX circulation_campaignloan_campaign_id_cd5f6b6b ON circulation_campaignloan USING btree (campaign_id);
CREATE INDEX circulation_campaignloan_loan_id_b3e48a43 ON circulation_campaignloan USING btree (loan_id);
CREATE INDEX circulation_campaignloan_node_id_2fb3f467 ON circulation_campaignloan USING btree (node_id);
CREATE INDEX circulation_compensation_key_9fec532f_like ON circulation_compensation USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_compensation_lost_item_id_27584dee ON circulation_compensation USING btree (lost_item_id);
CREATE INDEX circulation_compensation_node_id_5781f9e9 ON circulation_compensation USING btree (node_id);
CREATE INDEX circulation_compensations ON circulation_compensation USING btree (node_id, id DESC);
CREATE INDEX circulation_crate_from_node_id_9c88facc ON circulation_crate USING btree (from_node_id);
CREATE INDEX circulation_crate_key_eafae587_like ON circulation_crate USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_crate_to_node_id_89024bb6 ON circulation_crate USING btree (to_node_id);
CREATE INDEX circulation_drift_by_point ON circulation_driftmove USING btree (point_id, id DESC);
CREATE INDEX circulation_driftbook_number_ce55c4c2_like ON circulation_driftbook USING btree (number varchar_pattern_ops);
CREATE INDEX circulation_driftbook_point_id_4b91f877 ON circulation_driftbook USING btree (point_id);
CREATE INDEX circulation_driftmove_book_id_f05230e7 ON circulation_driftmove USING btree (book_id);
CREATE INDEX circulation_driftmove_key_9943da46_like ON circulation_driftmove USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_driftmove_point_id_e410a977 ON circulation_driftmove USING btree (point_id);
CREATE INDEX circulation_driftpoint_key_b3041c7b_like ON circulation_driftpoint USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_driftpoint_node_id_45e938bc ON circulation_driftpoint USING btree (node_id);
CREATE INDEX circulation_duedatemove_key_cfa0713b_like ON circulation_duedatemove USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_duedatemove_node_id_cff138ab ON circulation_duedatemove USING btree (node_id);
CREATE INDEX circulation_duty_by_person ON circulation_duty USING btree (staff_id, day);
CREATE INDEX circulation_duty_by_post ON circulation_duty USING btree (post_id, day);
CREATE INDEX circulation_duty_covers_id_c2b991f7 ON circulation_duty USING btree (covers_id);
CREATE INDEX circulation_duty_key_ed35883d_like ON circulation_duty USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_dutyswap_key_d400371a_like ON circulation_dutyswap USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_dutyswap_mine_id_ee37f17f ON circulation_dutyswap USING btree (mine_id);
CREATE INDEX circulation_dutyswap_theirs_id_cef894b2 ON circulation_dutyswap USING btree (theirs_id);
CREATE INDEX circulation_emptiedbox_key_56afa6eb_like ON circulation_emptiedbox USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_emptiedbox_node_id_aa7713e4 ON circulation_emptiedbox USING btree (node_id);
CREATE INDEX circulation_grouploan_key_d596d216_like ON circulation_grouploan USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_grouploan_node_id_3d1eff97 ON circulation_grouploan USING btree (node_id);
CREATE INDEX circulation_grouploanitem_group_id_b0be5f6b ON circulation_grouploanitem USING btree (group_id);
CREATE INDEX circulation_groups_by_day ON circulation_grouploan USING btree (node_id, made_on);
CREATE INDEX circulation_handing_item_id_bbaf9503 ON circulation_handing USING btree (item_id);
CREATE INDEX circulation_handing_key_8eec63ee_like ON circulation_handing USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_handing_request_id_a0a8441d ON circulation_handing USING btree (request_id);
CREATE INDEX circulation_handing_session_id_01d37a9a ON circulation_handing USING btree (session_id);
CREATE INDEX circulation_hold_shelf ON circulation_reservation USING btree (pickup_id, pick_up_by) WHERE ((state)::text = 'ready'::text);
CREATE INDEX circulation_inhouse_by_day ON circulation_inhouseuse USING btree (day, node_id);
CREATE INDEX circulation_inhouseuse_department_id_827f234c ON circulation_inhouseuse USING btree (department_id);
CREATE INDEX circulation_inhouseuse_item_id_8fd26817 ON circulation_inhouseuse USING btree (item_id);
CREATE INDEX circulation_inhouseuse_key_8c748f76_like ON circulation_inhouseuse USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_inhouseuse_node_id_01bd21d1 ON circulation_inhouseuse USING btree (node_id);
CREATE INDEX circulation_lendingtally_key_f05235bd_like ON circulation_lendingtally USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_lendingtally_node_id_cf04596f ON circulation_lendingtally USING btree (node_id);
CREATE INDEX circulation_lines_by_age ON circulation_journalline USING btree (received_at);
CREATE INDEX circulation_lines_by_device ON circulation_journalline USING btree (device, id);
CREATE INDEX circulation_lines_of_a_card ON circulation_journalline USING btree (device, card_key, id) WHERE (NOT ((card_key)::text = ''::text));
CREATE INDEX circulation_lines_of_an_item ON circulation_journalline USING btree (item_key, id);
CREATE INDEX circulation_lines_waiting ON circulation_journalline USING btree (node_id, id) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX circulation_loan_recalled_once ON circulation_recall USING btree (loan_id) WHERE (withdrawn_at IS NULL);
CREATE INDEX circulation_loanrule_hub_id_47069e53 ON circulation_loanrule USING btree (hub_id);
CREATE INDEX circulation_loanrule_node_id_02fadf09 ON circulation_loanrule USING btree (node_id);
CREATE INDEX circulation_loanrule_owner_id_0e2ce62e ON circulation_loanrule USING btree (owner_id);
CREATE INDEX circulation_materialrequest_item_id_0e3a1f58 ON circulation_materialrequest USING btree (item_id);
CREATE INDEX circulation_materialrequest_key_9a570223_like ON circulation_materialrequest USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_materialrequest_patron_id_6a9e12a1 ON circulation_materialrequest USING btree (patron_id);
CREATE INDEX circulation_materialrequest_room_id_e99647d0 ON circulation_materialrequest USING btree (room_id);
CREATE INDEX circulation_move_at_work ON circulation_duedatemove USING btree (id) WHERE ((finished_at IS NULL) OR ((undo_finished_at IS NULL) AND (undone_at IS NOT NULL)));
CREATE INDEX circulation_movedloan_loan_id_2dcd01a9 ON circulation_movedloan USING btree (loan_id);
CREATE INDEX circulation_movedloan_move_id_b11e2d84 ON circulation_movedloan USING btree (move_id);
CREATE INDEX circulation_moveorder_from_node_id_3f34cbec ON circulation_moveorder USING btree (from_node_id);
CREATE INDEX circulation_moveorder_item_id_cdb1223a ON circulation_moveorder USING btree (item_id);
CREATE INDEX circulation_moveorder_key_ecfcf343_like ON circulation_moveorder USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_moveorder_to_node_id_3e3d15a3 ON circulation_moveorder USING btree (to_node_id);
CREATE INDEX circulation_not_yet_back ON circulation_campaignloan USING btree (campaign_id, id) WHERE (back_on IS NULL);
CREATE UNIQUE INDEX circulation_one_booking_a_day ON circulation_placebooking USING btree (room_id, patron_id, day) WHERE ((patron_id IS NOT NULL) AND ((state)::text = 'booked'::text));
CREATE UNIQUE INDEX circulation_one_drift_tally ON circulation_driftmove USING btree (point_id, day, act) WHERE ((book_id IS NULL) AND (replaced_at IS NULL));
CREATE UNIQUE INDEX circulation_one_duty_at_a_time ON circulation_duty USING btree (staff_id, day, starts) WHERE (((absent_for)::text = ''::text) AND (off_at IS NULL));
CREATE UNIQUE INDEX circulation_one_handing_per_item ON circulation_handing USING btree (item_id) WHERE (returned_at IS NULL);
CREATE UNIQUE INDEX circulation_one_journey_per_crate ON circulation_crate USING btree (code) WHERE (received_at IS NULL);
CREATE UNIQUE INDEX circulation_one_move_per_item ON circulation_moveorder USING btree (item_id) WHERE ((dropped_at IS NULL) AND (sent_at IS NULL));
CREATE UNIQUE INDEX circulation_one_open_loan_per_item ON circulation_loan USING btree (item_id) WHERE ((cancelled_at IS NULL) AND (returned_at IS NULL));
CREATE UNIQUE INDEX circulation_one_open_swap ON circulation_dutyswap USING btree (mine_id, theirs_id) WHERE ((state)::text = 'asked'::text);
CREATE UNIQUE INDEX circulation_one_present_rule_version ON circulation_loanrule USING btree (code) WHERE (until_day IS NULL);
CREATE UNIQUE INDEX circulation_one_reservation_per_copy_held ON circulation_reservation USING btree (assigned_id) WHERE ((state)::text = ANY (ARRAY[('to_pick'::character varying)::text, ('on_the_way'::character varying)::text, ('ready'::character varying)::text]));
CREATE UNIQUE INDEX circulation_one_reservation_per_title ON circulation_reservation USING btree (patron_id, record_id) WHERE ((item_id IS NULL) AND ((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('to_pick'::character varying)::text, ('on_the_way'::character varying)::text, ('ready'::character varying)::text])));
CREATE UNIQUE INDEX circulation_one_return_per_key ON circulation_loan USING btree (in_key) WHERE (in_key IS NOT NULL);
CREATE UNIQUE INDEX circulation_one_session_per_place ON circulation_readingsession USING btree (place_id) WHERE ((ended_at IS NULL) AND (place_id IS NOT NULL));
CREATE UNIQUE INDEX circulation_one_session_per_reader ON circulation_readingsession USING btree (patron_id) WHERE ((ended_at IS NULL) AND (patron_id IS NOT NULL));
CREATE UNIQUE INDEX circulation_one_tally_per_day ON circulation_inhouseuse USING btree (department_id, day) WHERE ((item_id IS NULL) AND (replaced_at IS NULL));
CREATE UNIQUE INDEX circulation_one_tally_per_span ON circulation_lendingtally USING btree (node_id, day) WHERE (replaced_at IS NULL);
CREATE UNIQUE INDEX circulation_one_transit_per_item ON circulation_transit USING btree (item_id) WHERE ((arrived_at IS NULL) AND (cancelled_at IS NULL));
CREATE INDEX circulation_open_by_due ON circulation_loan USING btree (lent_node_id, due_on, id) WHERE ((cancelled_at IS NULL) AND (returned_at IS NULL));
CREATE INDEX circulation_open_by_reader ON circulation_loan USING btree (patron_id, due_on) WHERE (GREATEST(returned_at, cancelled_at) IS NULL);
CREATE INDEX circulation_ordercopy_line_id_9bc01050 ON circulation_ordercopy USING btree (line_id);
CREATE INDEX circulation_orderline_order_id_521df8b1 ON circulation_orderline USING btree (order_id);
CREATE INDEX circulation_orderline_record_id_83a04c65 ON circulation_orderline USING btree (record_id);
CREATE INDEX circulation_orders_of_place ON circulation_bookorder USING btree (place_id, state, id DESC);
CREATE INDEX circulation_orderstep_order_id_828e5f79 ON circulation_orderstep USING btree (order_id);
CREATE INDEX circulation_paper_by_day ON circulation_paperline USING btree (node_id, day);
CREATE INDEX circulation_paper_by_key ON circulation_paperline USING btree (line_key);
CREATE INDEX circulation_paper_by_place ON circulation_paperpage USING btree (node_id, month);
CREATE INDEX circulation_paper_to_forget ON circulation_paperline USING btree (entered_on) WHERE (NOT ((reader_written)::text = ''::text));
CREATE INDEX circulation_paperline_item_id_c40f89c8 ON circulation_paperline USING btree (item_id);
CREATE INDEX circulation_paperline_key_0094708d_like ON circulation_paperline USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_paperline_node_id_4f2212c5 ON circulation_paperline USING btree (node_id);
CREATE INDEX circulation_paperline_page_id_68fa2d06 ON circulation_paperline USING btree (page_id);
CREATE INDEX circulation_paperline_patron_id_15b3367e ON circulation_paperline USING btree (patron_id);
CREATE INDEX circulation_paperpage_key_99b13684_like ON circulation_paperpage USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_paperpage_node_id_6e79f349 ON circulation_paperpage USING btree (node_id);
CREATE INDEX circulation_paperpage_stored_file_id_84b90774 ON circulation_paperpage USING btree (stored_file_id);
CREATE INDEX circulation_placebooking_key_cc886516_like ON circulation_placebooking USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_placebooking_patron_id_a91c7d3c ON circulation_placebooking USING btree (patron_id);
CREATE INDEX circulation_placebooking_place_id_4a873985 ON circulation_placebooking USING btree (place_id);
CREATE INDEX circulation_placebooking_room_id_a9194ee8 ON circulation_placebooking USING btree (room_id);
CREATE INDEX circulation_post_key_84e442a1_like ON circulation_post USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_post_node_id_eb2e212d ON circulation_post USING btree (node_id);
CREATE INDEX circulation_queue ON circulation_reservation USING btree (record_id, id) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX circulation_readingplace_room_id_c1ac6a9a ON circulation_readingplace USING btree (room_id);
CREATE INDEX circulation_readingsession_key_3489181f_like ON circulation_readingsession USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_readingsession_node_id_0f508730 ON circulation_readingsession USING btree (node_id);
CREATE INDEX circulation_readingsession_patron_id_73edd463 ON circulation_readingsession USING btree (patron_id);
CREATE INDEX circulation_readingsession_place_id_bfe996d1 ON circulation_readingsession USING btree (place_id);
CREATE INDEX circulation_readingsession_room_id_a26b41d0 ON circulation_readingsession USING btree (room_id);
CREATE INDEX circulation_recall_key_b9cff561_like ON circulation_recall USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_recall_loan_id_70941e4e ON circulation_recall USING btree (loan_id);
CREATE INDEX circulation_recall_reservation_id_7e1562f9 ON circulation_recall USING btree (reservation_id);
CREATE INDEX circulation_recallcampaign_amnesty_id_5fc6cd81 ON circulation_recallcampaign USING btree (amnesty_id);
CREATE INDEX circulation_recallcampaign_key_c9bb94ab_like ON circulation_recallcampaign USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_recallcampaign_node_id_d243b3bb ON circulation_recallcampaign USING btree (node_id);
CREATE INDEX circulation_renewal_key_8a0991cb_like ON circulation_renewal USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_renewal_loan_id_60495938 ON circulation_renewal USING btree (loan_id);
CREATE INDEX circulation_reservation_assigned_id_aabac638 ON circulation_reservation USING btree (assigned_id);
CREATE INDEX circulation_reservation_item_id_87fce277 ON circulation_reservation USING btree (item_id);
CREATE INDEX circulation_reservation_key_5a0d8611_like ON circulation_reservation USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_reservation_loan_id_be22c1d1 ON circulation_reservation USING btree (loan_id);
CREATE INDEX circulation_reservation_made_node_id_8a2a9ff2 ON circulation_reservation USING btree (made_node_id);
CREATE INDEX circulation_reservation_patron_id_2498e56f ON circulation_reservation USING btree (patron_id);
CREATE INDEX circulation_reservation_pickup_id_62e40039 ON circulation_reservation USING btree (pickup_id);
CREATE INDEX circulation_reservation_record_id_626937ff ON circulation_reservation USING btree (record_id);
CREATE INDEX circulation_reservation_trapped_id_b4d91ed5 ON circulation_reservation USING btree (trapped_id);
CREATE INDEX circulation_reservation_within_id_a11eaf01 ON circulation_reservation USING btree (within_id);
CREATE INDEX circulation_sessions_by_day ON circulation_readingsession USING btree (room_id, day);
CREATE INDEX circulation_themedset_key_ff219dda_like ON circulation_themedset USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_themedset_node_id_466cf6bc ON circulation_themedset USING btree (node_id);
CREATE INDEX circulation_themedsettitle_record_id_7357e028 ON circulation_themedsettitle USING btree (record_id);
CREATE INDEX circulation_themedsettitle_themed_id_bb464bf9 ON circulation_themedsettitle USING btree (themed_id);
CREATE INDEX circulation_transit_by_day ON circulation_transit USING btree (sent_at);
CREATE INDEX circulation_transit_crate_id_a7bc6ea3 ON circulation_transit USING btree (crate_id);
CREATE INDEX circulation_transit_expected ON circulation_transit USING btree (to_node_id, sent_at) WHERE ((arrived_at IS NULL) AND (cancelled_at IS NULL));
CREATE INDEX circulation_transit_item_id_a669e214 ON circulation_transit USING btree (item_id);
CREATE INDEX circulation_transit_loan_id_bfbf4937 ON circulation_transit USING btree (loan_id);
CREATE INDEX circulation_undoing_key_2994f196_like ON circulation_undoing USING btree (key varchar_pattern_ops);
CREATE INDEX circulation_undoing_loan_id_d87fffe1 ON circulation_undoing USING btree (loan_id);
CREATE INDEX circulation_undoing_node_id_b68a5904 ON circulation_undoing USING btree (node_id);
CREATE INDEX credit_amnesty_key_51b1ffdd_like ON credit_amnesty USING btree (key varchar_pattern_ops);
CREATE INDEX credit_amnesty_node_id_0410df73 ON credit_amnesty USING btree (node_id);
CREATE INDEX credit_amnestychange_amnesty_id_c9b4e297 ON credit_amnestychange USING btree (amnesty_id);
CREATE INDEX credit_approval_charge_id_6555c789 ON credit_approval USING btree (charge_id);
CREATE INDEX credit_approval_key_a62314f4_like ON credit_approval USING btree (key varchar_pattern_ops);
CREATE INDEX credit_approval_node_id_1cf086b6 ON credit_approval USING btree (node_id);
CREATE INDEX credit_approval_patron_id_0a484b4a ON credit_approval USING btree (patron_id);
CREATE INDEX credit_charge_key_24a867d2_like ON credit_charge USING btree (key varchar_pattern_ops);
CREATE INDEX credit_charge_node_id_e0c1c47b ON credit_charge USING btree (node_id);
CREATE INDEX credit_charge_patron_id_b631772c ON credit_charge USING btree (patron_id);
CREATE INDEX credit_charge_rule_id_057d8b7a ON credit_charge USING btree (rule_id);
CREATE INDEX credit_charge_source_8cbc4fde ON credit_charge USING btree (source);
CREATE INDEX credit_charge_source_8cbc4fde_like ON credit_charge USING btree (source varchar_pattern_ops);
CREATE INDEX credit_dayclose_node_id_26ea7b7c ON credit_dayclose USING btree (node_id);
CREATE INDEX credit_dayclose_number_91df11b0_like ON credit_dayclose USING btree (number varchar_pattern_ops);
CREATE INDEX credit_depositclosing_key_176367b4_like ON credit_depositclosing USING btree (key varchar_pattern_ops);
CREATE INDEX credit_depositclosing_node_id_6b45f0e7 ON credit_depositclosing USING btree (node_id);
CREATE INDEX credit_depositnotice_closing_id_11ad4858 ON credit_depositnotice USING btree (closing_id);
CREATE INDEX credit_depositnotice_key_d66bcea6_like ON credit_depositnotice USING btree (key varchar_pattern_ops);
CREATE INDEX credit_depositnotice_patron_id_e1dcbb43 ON credit_depositnotice USING btree (patron_id);
CREATE INDEX credit_drawer_node_id_82fb491e ON credit_drawer USING btree (node_id);
CREATE INDEX credit_guarantee_own_order_6bbf8d9e_like ON credit_guarantee USING btree (own_order varchar_pattern_ops);
CREATE INDEX credit_guarantee_patron_id_71ec8e3d ON credit_guarantee USING btree (patron_id);
CREATE INDEX credit_money_of_day ON credit_moneyentry USING btree (node_id, day);
CREATE INDEX credit_money_of_reader ON credit_moneyentry USING btree (patron_id, id DESC);
CREATE INDEX credit_moneyentry_amnesty_id_bb3f3092 ON credit_moneyentry USING btree (amnesty_id);
CREATE INDEX credit_moneyentry_approval_id_64683eec ON credit_moneyentry USING btree (approval_id);
CREATE INDEX credit_moneyentry_charge_id_bfaed155 ON credit_moneyentry USING btree (charge_id);
CREATE INDEX credit_moneyentry_key_81d66446_like ON credit_moneyentry USING btree (key varchar_pattern_ops);
CREATE INDEX credit_moneyentry_node_id_eb6554cb ON credit_moneyentry USING btree (node_id);
CREATE INDEX credit_moneyentry_patron_id_f8fea5e5 ON credit_moneyentry USING btree (patron_id);
CREATE INDEX credit_moneyentry_receipt_id_6f3c6c12 ON credit_moneyentry USING btree (receipt_id);
CREATE INDEX credit_moneyentry_shift_id_2dc55d84 ON credit_moneyentry USING btree (shift_id);
CREATE UNIQUE INDEX credit_one_drawer_of_a_person ON credit_shift USING btree (operator) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX credit_one_guarantee_in_force ON credit_guarantee USING btree (patron_id) WHERE ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('in_force'::character varying)::text, ('reported'::character varying)::text]));
CREATE UNIQUE INDEX credit_one_open_review_of_a_reader ON credit_review USING btree (patron_id) WHERE ((entry_id IS NULL) AND ((state)::text = 'open'::text));
CREATE UNIQUE INDEX credit_one_open_review_of_an_entry ON credit_review USING btree (entry_id) WHERE ((entry_id IS NOT NULL) AND ((state)::text = 'open'::text));
CREATE UNIQUE INDEX credit_one_person_at_a_drawer ON credit_shift USING btree (drawer_id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX credit_one_rule_in_force ON credit_rule USING btree (code) WHERE (until_day IS NULL);
CREATE INDEX credit_open_charges ON credit_charge USING btree (patron_id) WHERE (open_fen > 0);
CREATE INDEX credit_pointentry_amnesty_id_1bf5369a ON credit_pointentry USING btree (amnesty_id);
CREATE INDEX credit_pointentry_key_3e1ace49_like ON credit_pointentry USING btree (key varchar_pattern_ops);
CREATE INDEX credit_pointentry_node_id_5457734e ON credit_pointentry USING btree (node_id);
CREATE INDEX credit_pointentry_patron_id_62a7939c ON credit_pointentry USING btree (patron_id);
CREATE INDEX credit_pointentry_rule_id_42d658a8 ON credit_pointentry USING btree (rule_id);
CREATE INDEX credit_points_by_source ON credit_pointentry USING btree (source) WHERE (NOT ((source)::text = ''::text));
CREATE INDEX credit_points_of_reader ON credit_pointentry USING btree (patron_id, id DESC);
CREATE INDEX credit_receipt_book_id_e09248bf ON credit_receipt USING btree (book_id);
CREATE INDEX credit_receipt_close_id_7b7eb6de ON credit_receipt USING btree (close_id);
CREATE INDEX credit_receipt_patron_id_a0081d04 ON credit_receipt USING btree (patron_id);
CREATE INDEX credit_receipt_text_69c7588d_like ON credit_receipt USING btree (text varchar_pattern_ops);
CREATE INDEX credit_receiptbook_drawer_id_97e087ae ON credit_receiptbook USING btree (drawer_id);
CREATE INDEX credit_receiptbook_node_id_975b0af2 ON credit_receiptbook USING btree (node_id);
CREATE INDEX credit_receipts_of_day ON credit_receipt USING btree (day, id);
CREATE INDEX credit_reminded_node_id_894d69da ON credit_reminded USING btree (node_id);
CREATE INDEX credit_reminded_patron_id_7157ff14 ON credit_reminded USING btree (patron_id);
CREATE INDEX credit_reminded_run_id_ff55092f ON credit_reminded USING btree (run_id);
CREATE INDEX credit_review_entry_id_d9c96f0e ON credit_review USING btree (entry_id);
CREATE INDEX credit_review_key_9573d52f_like ON credit_review USING btree (key varchar_pattern_ops);
CREATE INDEX credit_review_patron_id_a12c089d ON credit_review USING btree (patron_id);
CREATE INDEX credit_rule_node_id_83d2b9a9 ON credit_rule USING btree (node_id);
CREATE INDEX credit_shift_drawer_id_25486c1e ON credit_shift USING btree (drawer_id);
CREATE INDEX credit_shift_key_63981a22_like ON credit_shift USING btree (key varchar_pattern_ops);
CREATE INDEX credit_sliprun_key_44a6f74d_like ON credit_sliprun USING btree (key varchar_pattern_ops);
CREATE INDEX credit_sliprun_node_id_4d1c1193 ON credit_sliprun USING btree (node_id);
CREATE INDEX credit_sliprun_number_2412fa44_like ON credit_sliprun USING btree (number varchar_pattern_ops);
CREATE INDEX credit_stop_patron_id_eb901c62 ON credit_stop USING btree (patron_id);
CREATE INDEX credit_stop_rule_id_5dc4b575 ON credit_stop USING btree (rule_id);
CREATE INDEX credit_stop_source_38d45ac3 ON credit_stop USING btree (source);
CREATE INDEX credit_stop_source_38d45ac3_like ON credit_stop USING btree (source varchar_pattern_ops);
CREATE INDEX credit_told_of_deposit ON credit_depositnotice USING btree (patron_id, id DESC);
CREATE INDEX demo_demo_network_f8eccb23_like ON demo_demo USING btree (network varchar_pattern_ops);
CREATE INDEX demo_demostep_demo_id_a78bc066 ON demo_demostep USING btree (demo_id);
CREATE INDEX digital_housenetwork_node_id_34455b5c ON digital_housenetwork USING btree (node_id);
CREATE INDEX digital_resource_code_1724b4ac_like ON digital_resource USING btree (code varchar_pattern_ops);
CREATE INDEX digital_resource_key_ec8883b2_like ON digital_resource USING btree (key varchar_pattern_ops);
CREATE INDEX digital_resource_node_id_4dec6d43 ON digital_resource USING btree (node_id);
CREATE INDEX digital_resourcepackage_node_id_2511344d ON digital_resourcepackage USING btree (node_id);
CREATE INDEX digital_suppliercount_resource_id_a275b647 ON digital_suppliercount USING btree (resource_id);
CREATE INDEX django_session_expire_date_a5c62663 ON django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX facilities_deeds_of_machine ON facilities_machinedeed USING btree (machine_id, id);
CREATE INDEX facilities_entries_of_slot ON facilities_entrybooking USING btree (node_id, starts);
CREATE INDEX facilities_entryact_key_6a711a1a_like ON facilities_entryact USING btree (key varchar_pattern_ops);
CREATE INDEX facilities_entryact_node_id_577976fe ON facilities_entryact USING btree (node_id);
CREATE INDEX facilities_entryact_slot_id_5afe102b ON facilities_entryact USING btree (slot_id);
CREATE INDEX facilities_entrybooking_key_ac1ff6bf_like ON facilities_entrybooking USING btree (key varchar_pattern_ops);
CREATE INDEX facilities_entrybooking_node_id_96edce06 ON facilities_entrybooking USING btree (node_id);
CREATE INDEX facilities_entrybooking_patron_id_c3f2a046 ON facilities_entrybooking USING btree (patron_id);
CREATE INDEX facilities_entryslotcount_node_id_9e5b3305 ON facilities_entryslotcount USING btree (node_id);
CREATE INDEX facilities_gate_code_cb7dc105_like ON facilities_gate USING btree (code varchar_pattern_ops);
CREATE INDEX facilities_gate_department_id_362b12c3 ON facilities_gate USING btree (department_id);
CREATE INDEX facilities_gate_node_id_870d15c6 ON facilities_gate USING btree (node_id);
CREATE INDEX facilities_gatecount_gate_id_e499f2d9 ON facilities_gatecount USING btree (gate_id);
CREATE INDEX facilities_machine_department_id_25f538be ON facilities_machine USING btree (department_id);
CREATE INDEX facilities_machine_key_afb750b0_like ON facilities_machine USING btree (key varchar_pattern_ops);
CREATE INDEX facilities_machine_node_id_b6361cdd ON facilities_machine USING btree (node_id);
CREATE INDEX facilities_machine_number_cc823e6f_like ON facilities_machine USING btree (number varchar_pattern_ops);
CREATE INDEX facilities_machinedeed_department_id_7a5e047a ON facilities_machinedeed USING btree (department_id);
CREATE INDEX facilities_machinedeed_key_567dc4e6_like ON facilities_machinedeed USING btree (key varchar_pattern_ops);
CREATE INDEX facilities_machinedeed_machine_id_1749bc54 ON facilities_machinedeed USING btree (machine_id);
CREATE INDEX facilities_machinedeed_node_id_c478b413 ON facilities_machinedeed USING btree (node_id);
CREATE INDEX facilities_machinedevice_machine_id_6abbaec3 ON facilities_machinedevice USING btree (machine_id);
CREATE INDEX facilities_machines_of_type ON facilities_machine USING btree (type, node_id);
CREATE UNIQUE INDEX facilities_one_entry_a_day ON facilities_entrybooking USING btree (patron_id, node_id, day) WHERE ((state)::text = 'booked'::text);
CREATE UNIQUE INDEX facilities_one_machine_a_device ON facilities_machinedevice USING btree (device) WHERE (until_day IS NULL);
CREATE UNIQUE INDEX facilities_one_open_a_place ON facilities_opening USING btree (node_id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX facilities_one_standing_count_a_gate_and_day ON facilities_gatecount USING btree (gate_id, day) WHERE (replaced_at IS NULL);
CREATE UNIQUE INDEX facilities_one_standing_count_a_room_and_day ON facilities_roomcount USING btree (department_id, day) WHERE (replaced_at IS NULL);
CREATE INDEX facilities_opening_by_day ON facilities_opening USING btree (node_id, day);
CREATE INDEX facilities_opening_closed_key_616f03f3_like ON facilities_opening USING btree (closed_key varchar_pattern_ops);
CREATE INDEX facilities_opening_key_0b681c2a_like ON facilities_opening USING btree (key varchar_pattern_ops);
CREATE INDEX facilities_opening_node_id_24c33abf ON facilities_opening USING btree (node_id);
CREATE INDEX facilities_ownmachinetype_code_b83cc32d_like ON facilities_ownmachinetype USING btree (code varchar_pattern_ops);
CREATE UNIQUE INDEX facilities_room_signs_in_once ON facilities_signingroom USING btree (department_id) WHERE (until_day IS NULL);
CREATE INDEX facilities_roomcount_department_id_6f538ba2 ON facilities_roomcount USING btree (department_id);
CREATE INDEX facilities_signingroom_department_id_84d92261 ON facilities_signingroom USING btree (department_id);
CREATE INDEX facilities_tally_by_day ON facilities_visittally USING btree (node_id, day);
CREATE INDEX facilities_visittally_key_3e3b8ba4_like ON facilities_visittally USING btree (key varchar_pattern_ops);
CREATE INDEX facilities_visittally_node_id_db89c4ba ON facilities_visittally USING btree (node_id);
CREATE INDEX facilities_visittally_undone_key_04da1daf_like ON facilities_visittally USING btree (undone_key varchar_pattern_ops);
CREATE INDEX files_by_owner ON files_storedfile USING btree (owner);
CREATE INDEX files_storedfile_digest_6cfbc93e ON files_storedfile USING btree (digest);
CREATE INDEX files_storedfile_digest_6cfbc93e_like ON files_storedfile USING btree (digest varchar_pattern_ops);
CREATE INDEX files_storedfile_key_5fe66fc6_like ON files_storedfile USING btree (key varchar_pattern_ops);
CREATE INDEX files_storedfile_node_id_a1f45d7a ON files_storedfile USING btree (node_id);
CREATE INDEX holdings_allocationplan_node_id_3814758f ON holdings_allocationplan USING btree (node_id);
CREATE INDEX holdings_ancientvolume_work_id_c1ade5f4 ON holdings_ancientvolume USING btree (work_id);
CREATE INDEX holdings_ancientwork_owner_node_id_5179bf15 ON holdings_ancientwork USING btree (owner_node_id);
CREATE INDEX holdings_ancientwork_record_id_4346e978 ON holdings_ancientwork USING btree (record_id);
CREATE INDEX holdings_barcodeseries_key_7d05a8b6_like ON holdings_barcodeseries USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_barcodeseries_node_id_bb807c70 ON holdings_barcodeseries USING btree (node_id);
CREATE INDEX holdings_batch_key_17e5aa10_like ON holdings_batch USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_batchline_batch_id_71736a53 ON holdings_batchline USING btree (batch_id);
CREATE INDEX holdings_batchline_item_id_12e3d045 ON holdings_batchline USING btree (item_id);
CREATE INDEX holdings_bookentry_key_f71bab0a_like ON holdings_bookentry USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_by_owner ON holdings_item USING btree (owner_node_id, material);
CREATE INDEX holdings_by_shelf ON holdings_item USING btree (shelved_at_id, call_key);
CREATE INDEX holdings_callnumberscheme_code_5ede4fbf_like ON holdings_callnumberscheme USING btree (code varchar_pattern_ops);
CREATE INDEX holdings_changes_by_place ON holdings_statechange USING btree (node_id, at);
CREATE INDEX holdings_corrections_by_day ON holdings_pricecorrection USING btree (owner_node_id, day);
CREATE INDEX holdings_countfinding_count_id_5c1608a2 ON holdings_countfinding USING btree (count_id);
CREATE INDEX holdings_countfinding_item_id_394b0dcd ON holdings_countfinding USING btree (item_id);
CREATE INDEX holdings_countscan_count_id_82177116 ON holdings_countscan USING btree (count_id);
CREATE INDEX holdings_countscan_item_id_98cd9845 ON holdings_countscan USING btree (item_id);
CREATE INDEX holdings_entries_by_day ON holdings_bookentry USING btree (owner_node_id, day);
CREATE INDEX holdings_formerholding_entered_in_id_02770620 ON holdings_formerholding USING btree (entered_in_id);
CREATE INDEX holdings_formerholding_item_id_8dffab5d ON holdings_formerholding USING btree (item_id);
CREATE INDEX holdings_formerholding_left_in_id_ee52e4e4 ON holdings_formerholding USING btree (left_in_id);
CREATE INDEX holdings_handover_from_node_id_65ae3bfb ON holdings_handover USING btree (from_node_id);
CREATE INDEX holdings_handover_key_28bc061e_like ON holdings_handover USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_handover_number_b5f09886_like ON holdings_handover USING btree (number varchar_pattern_ops);
CREATE INDEX holdings_handover_to_department_id_a5756730 ON holdings_handover USING btree (to_department_id);
CREATE INDEX holdings_handover_to_node_id_72fbad6e ON holdings_handover USING btree (to_node_id);
CREATE INDEX holdings_handoverline_handover_id_3ddaa168 ON holdings_handoverline USING btree (handover_id);
CREATE INDEX holdings_handoverline_item_id_2c384abd ON holdings_handoverline USING btree (item_id);
CREATE INDEX holdings_item_accession_key_e5f084a8_like ON holdings_item USING btree (accession_key varchar_pattern_ops);
CREATE INDEX holdings_item_department_id_c612dea3 ON holdings_item USING btree (department_id);
CREATE INDEX holdings_item_entered_in_id_c4c11bb0 ON holdings_item USING btree (entered_in_id);
CREATE INDEX holdings_item_left_in_id_bdad8dd8 ON holdings_item USING btree (left_in_id);
CREATE INDEX holdings_item_record_id_7c2e3454 ON holdings_item USING btree (record_id);
CREATE INDEX holdings_item_shelved_at_id_9ff5aa02 ON holdings_item USING btree (shelved_at_id);
CREATE INDEX holdings_itemtag_item_id_7b3c9180 ON holdings_itemtag USING btree (item_id);
CREATE INDEX holdings_itemtag_uid_0d614106_like ON holdings_itemtag USING btree (uid varchar_pattern_ops);
CREATE INDEX holdings_itemtag_written_at_715301b9 ON holdings_itemtag USING btree (written_at);
CREATE INDEX holdings_keptnumber_record_id_6fa55c47 ON holdings_keptnumber USING btree (record_id);
CREATE INDEX holdings_lockedline_item_id_bc5ecaf4 ON holdings_lockedline USING btree (item_id);
CREATE INDEX holdings_lockedline_month_id_7fd065c9 ON holdings_lockedline USING btree (month_id);
CREATE UNIQUE INDEX holdings_one_deposit ON holdings_transferline USING btree (item_id) WHERE is_out;
CREATE UNIQUE INDEX holdings_one_finding_per_barcode ON holdings_countfinding USING btree (count_id, barcode) WHERE (item_id IS NULL);
CREATE UNIQUE INDEX holdings_one_finding_per_item ON holdings_countfinding USING btree (count_id, item_id) WHERE (item_id IS NOT NULL);
CREATE UNIQUE INDEX holdings_one_open_handover ON holdings_handoverline USING btree (item_id) WHERE is_open;
CREATE UNIQUE INDEX holdings_one_open_transfer ON holdings_transferline USING btree (item_id) WHERE is_open;
CREATE UNIQUE INDEX holdings_one_open_treatment ON holdings_treatment USING btree (item_id) WHERE (returned_on IS NULL);
CREATE UNIQUE INDEX holdings_one_open_weeding ON holdings_weedingline USING btree (item_id) WHERE is_open;
CREATE INDEX holdings_pricecorrection_item_id_dd5be120 ON holdings_pricecorrection USING btree (item_id);
CREATE INDEX holdings_pricecorrection_key_cf84893e_like ON holdings_pricecorrection USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_statechange_item_id_af347604 ON holdings_statechange USING btree (item_id);
CREATE INDEX holdings_stockcount_department_id_fd748d33 ON holdings_stockcount USING btree (department_id);
CREATE INDEX holdings_stockcount_key_283e3050_like ON holdings_stockcount USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_stockcount_node_id_bb29795f ON holdings_stockcount USING btree (node_id);
CREATE INDEX holdings_transfer_from_node_id_6a07a3ad ON holdings_transfer USING btree (from_node_id);
CREATE INDEX holdings_transfer_holder_id_d3407546 ON holdings_transfer USING btree (holder_id);
CREATE INDEX holdings_transfer_key_e2859cf1_like ON holdings_transfer USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_transfer_new_owner_id_20ae6231 ON holdings_transfer USING btree (new_owner_id);
CREATE INDEX holdings_transfer_number_f736d022_like ON holdings_transfer USING btree (number varchar_pattern_ops);
CREATE INDEX holdings_transfer_old_owner_id_1128f89e ON holdings_transfer USING btree (old_owner_id);
CREATE INDEX holdings_transfer_to_department_id_e583822d ON holdings_transfer USING btree (to_department_id);
CREATE INDEX holdings_transfer_to_node_id_a3345a88 ON holdings_transfer USING btree (to_node_id);
CREATE INDEX holdings_transferline_from_department_id_fe753f5a ON holdings_transferline USING btree (from_department_id);
CREATE INDEX holdings_transferline_item_id_89e93974 ON holdings_transferline USING btree (item_id);
CREATE INDEX holdings_transferline_transfer_id_1222655b ON holdings_transferline USING btree (transfer_id);
CREATE INDEX holdings_treatment_item_id_13416837 ON holdings_treatment USING btree (item_id);
CREATE INDEX holdings_treatment_key_1af1e0e6_like ON holdings_treatment USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_weedingline_item_id_21edebb4 ON holdings_weedingline USING btree (item_id);
CREATE INDEX holdings_weedingline_weeding_id_9f02b075 ON holdings_weedingline USING btree (weeding_id);
CREATE INDEX holdings_weedinglist_key_8bd5c451_like ON holdings_weedinglist USING btree (key varchar_pattern_ops);
CREATE INDEX holdings_weedinglist_number_77df3cda_like ON holdings_weedinglist USING btree (number varchar_pattern_ops);
CREATE INDEX holdings_weedinglist_owner_node_id_65ee1a85 ON holdings_weedinglist USING btree (owner_node_id);
CREATE INDEX jobs_lease_name_e4ba76a8_like ON jobs_lease USING btree (name varchar_pattern_ops);
CREATE INDEX jobs_posted_topic ON jobs_posted USING btree (topic, id);
CREATE INDEX jobs_schedule_name_fdcfbdf1_like ON jobs_schedule USING btree (name varchar_pattern_ops);
CREATE INDEX jobs_version_name_773f750f_like ON jobs_version USING btree (name varchar_pattern_ops);
CREATE INDEX ledger_snapshot_of ON ledger_snapshot USING btree (measure, day, node);
CREATE INDEX moving_misfit_run_id_c50e32de ON moving_misfit USING btree (run_id);
CREATE INDEX moving_pastsum_node_id_b366c1cd ON moving_pastsum USING btree (node_id);
CREATE INDEX moving_run_key_4d3299bb_like ON moving_run USING btree (key varchar_pattern_ops);
CREATE INDEX moving_run_node_id_6ca14525 ON moving_run USING btree (node_id);
CREATE INDEX moving_runs_of_a_source ON moving_run USING btree (source, id DESC);
CREATE INDEX network_admissioncap_node_id_8276a432 ON network_admissioncap USING btree (node_id);
CREATE INDEX network_closedperiod_node_id_97e1d66e ON network_closedperiod USING btree (node_id);
CREATE INDEX network_closure_ancestor_id_b49b32f8 ON network_closure USING btree (ancestor_id);
CREATE INDEX network_closure_descendant_id_5f6550d9 ON network_closure USING btree (descendant_id);
CREATE INDEX network_closure_up ON network_closure USING btree (descendant_id, ancestor_id);
CREATE INDEX network_department_code_8fdbb710_like ON network_department USING btree (code varchar_pattern_ops);
CREATE INDEX network_department_node_id_b3651669 ON network_department USING btree (node_id);
CREATE INDEX network_node_code_998135c6_like ON network_node USING btree (code varchar_pattern_ops);
CREATE INDEX network_node_successor_id_0988b4ce ON network_node USING btree (successor_id);
CREATE INDEX network_nodestate_node_id_a23d5387 ON network_nodestate USING btree (node_id);
CREATE UNIQUE INDEX network_one_present_parent ON network_placement USING btree (node_id) WHERE (until_day IS NULL);
CREATE UNIQUE INDEX network_one_present_state ON network_nodestate USING btree (node_id) WHERE (until_day IS NULL);
CREATE INDEX network_openinghours_node_id_83c6128d ON network_openinghours USING btree (node_id);
CREATE INDEX network_placement_node_id_8edaeca0 ON network_placement USING btree (node_id);
CREATE INDEX network_placement_parent_id_78cc384f ON network_placement USING btree (parent_id);
CREATE INDEX network_season_node_id_87fdaffc ON network_season USING btree (node_id);
CREATE INDEX notices_by_standing ON notices_delivery USING btree (standing, id);
CREATE INDEX notices_delivery_notice_id_2d5dfa0c ON notices_delivery USING btree (notice_id);
CREATE INDEX notices_delivery_sender_id_a81b6da8 ON notices_delivery USING btree (sender_id);
CREATE INDEX notices_notice_key_e6f8d5bc_like ON notices_notice USING btree (key varchar_pattern_ops);
CREATE INDEX notices_notice_node_id_486a8fb9 ON notices_notice USING btree (node_id);
CREATE INDEX notices_notice_patron_id_e5fd618d ON notices_notice USING btree (patron_id);
CREATE INDEX notices_of_reader ON notices_notice USING btree (patron_id, id DESC);
CREATE INDEX notices_ownwording_node_id_2f51b6cd ON notices_ownwording USING btree (node_id);
CREATE INDEX notices_sender_node_id_1c395a66 ON notices_sender USING btree (node_id);
CREATE INDEX notices_to_be_looked_at ON notices_delivery USING btree (due_at) WHERE ((standing)::text = ANY (ARRAY[('waiting'::character varying)::text, ('sending'::character varying)::text, ('unclear'::character varying)::text, ('sent'::character varying)::text]));
CREATE INDEX outreach_busline_key_06600edd_like ON outreach_busline USING btree (key varchar_pattern_ops);
CREATE INDEX outreach_busline_node_id_f8a33e16 ON outreach_busline USING btree (node_id);
CREATE INDEX outreach_busline_vehicle_id_14b7ab13 ON outreach_busline USING btree (vehicle_id);
CREATE INDEX outreach_busstop_home_id_99e4ceb2 ON outreach_busstop USING btree (home_id);
CREATE INDEX outreach_busstop_key_d4c1adb2_like ON outreach_busstop USING btree (key varchar_pattern_ops);
CREATE INDEX outreach_busstop_node_id_e465e2f7 ON outreach_busstop USING btree (node_id);
CREATE INDEX outreach_doorcopy_loan_id_b984f4e2 ON outreach_doorcopy USING btree (loan_id);
CREATE INDEX outreach_doorcopy_visit_id_2bc75b47 ON outreach_doorcopy USING btree (visit_id);
CREATE INDEX outreach_doorreader_key_7ef69505_like ON outreach_doorreader USING btree (key varchar_pattern_ops);
CREATE INDEX outreach_doorreader_node_id_49d5a4b0 ON outreach_doorreader USING btree (node_id);
CREATE INDEX outreach_doorreader_patron_id_56fddf1b ON outreach_doorreader USING btree (patron_id);
CREATE INDEX outreach_doorrule_key_bf86b309_like ON outreach_doorrule USING btree (key varchar_pattern_ops);
CREATE INDEX outreach_doorrule_node_id_86fe00ea ON outreach_doorrule USING btree (node_id);
CREATE INDEX outreach_doorrun_key_b052f770_like ON outreach_doorrun USING btree (key varchar_pattern_ops);
CREATE INDEX outreach_doorrun_node_id_60136e7e ON outreach_doorrun USING btree (node_id);
CREATE INDEX outreach_doorvisit_order_id_33e10f7e ON outreach_doorvisit USING btree (order_id);
CREATE INDEX outreach_doorvisit_reader_id_2bd0c2f0 ON outreach_doorvisit USING btree (reader_id);
CREATE INDEX outreach_doorvisit_run_id_7241fbcb ON outreach_doorvisit USING btree (run_id);
CREATE INDEX outreach_linecall_line_id_7b3f8fc4 ON outreach_linecall USING btree (line_id);
CREATE INDEX outreach_linecall_stop_id_25c35707 ON outreach_linecall USING btree (stop_id);
CREATE INDEX outreach_lineexception_line_id_cc59e1b0 ON outreach_lineexception USING btree (line_id);
CREATE UNIQUE INDEX outreach_one_trip_under_way ON outreach_trip USING btree (vehicle_id) WHERE ((ended_at IS NULL) AND ((state)::text = 'under_way'::text));
CREATE INDEX outreach_runs_of_place ON outreach_doorrun USING btree (node_id, day DESC);
CREATE UNIQUE INDEX outreach_served_once ON outreach_doorreader USING btree (patron_id) WHERE (ended_on IS NULL);
CREATE INDEX outreach_trip_day_a070c545 ON outreach_trip USING btree (day);
CREATE INDEX outreach_trip_department_id_d0f48ed3 ON outreach_trip USING btree (department_id);
CREATE INDEX outreach_trip_key_ff9b4738_like ON outreach_trip USING btree (key varchar_pattern_ops);
CREATE INDEX outreach_trip_line_id_10f67737 ON outreach_trip USING btree (line_id);
CREATE INDEX outreach_trip_node_id_af9aa702 ON outreach_trip USING btree (node_id);
CREATE INDEX outreach_trip_vehicle_id_30491a57 ON outreach_trip USING btree (vehicle_id);
CREATE INDEX outreach_tripstop_stop_id_3cb3d584 ON outreach_tripstop USING btree (stop_id);
CREATE INDEX outreach_tripstop_trip_id_4fa8d35b ON outreach_tripstop USING btree (trip_id);
CREATE INDEX patrons_application_by_status ON patrons_application USING btree (status, decided_at);
CREATE INDEX patrons_application_category_id_d1265270 ON patrons_application USING btree (category_id);
CREATE INDEX patrons_application_key_4a8e7499_like ON patrons_application USING btree (key varchar_pattern_ops);
CREATE INDEX patrons_application_patron_id_eb3b8169 ON patrons_application USING btree (patron_id);
CREATE INDEX patrons_by_home ON patrons_patron USING btree (home_node_id, id);
CREATE INDEX patrons_by_name ON patrons_patron USING btree (name);
CREATE INDEX patrons_by_unit ON patrons_unitmember USING btree (unit, "group");
CREATE INDEX patrons_card_by_number ON patrons_card USING btree (number_key);
CREATE INDEX patrons_card_patron_id_c8ac67ae ON patrons_card USING btree (patron_id);
CREATE INDEX patrons_card_replaces_id_136c49e5 ON patrons_card USING btree (replaces_id);
CREATE INDEX patrons_category_code_c20a449f_like ON patrons_category USING btree (code varchar_pattern_ops);
CREATE INDEX patrons_contact_patron_id_17ed3570 ON patrons_contact USING btree (patron_id);
CREATE INDEX patrons_familybond_holder_id_0c1eb570 ON patrons_familybond USING btree (holder_id);
CREATE INDEX patrons_familybond_member_id_9f23e04c ON patrons_familybond USING btree (member_id);
CREATE INDEX patrons_intake_key_d31d8dfa_like ON patrons_intake USING btree (key varchar_pattern_ops);
CREATE INDEX patrons_intake_node_id_0f4d755f ON patrons_intake USING btree (node_id);
CREATE INDEX patrons_intakeline_patron_id_2cc3a018 ON patrons_intakeline USING btree (patron_id);
CREATE INDEX patrons_lines_by_source ON patrons_intakeline USING btree (source_id, id);
CREATE UNIQUE INDEX patrons_one_open_bond_a_pair ON patrons_familybond USING btree (holder_id, member_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX patrons_one_open_card_per_number ON patrons_card USING btree (number_key) WHERE (until_day IS NULL);
CREATE UNIQUE INDEX patrons_one_reader_per_id_number ON patrons_patron USING btree (id_number_hash) WHERE ((id_number_hash IS NOT NULL) AND (NOT ((status)::text = 'deregistered'::text)));
CREATE INDEX patrons_open_applications ON patrons_application USING btree (node_id, id) WHERE ((status)::text = ANY (ARRAY[('guardian'::character varying)::text, ('waiting'::character varying)::text]));
CREATE INDEX patrons_patron_category_id_eca03227 ON patrons_patron USING btree (category_id);
CREATE INDEX patrons_patron_home_node_id_32fff073 ON patrons_patron USING btree (home_node_id);
CREATE INDEX patrons_patron_phone_tail_a702c820 ON patrons_patron USING btree (phone_tail);
CREATE INDEX patrons_patron_phone_tail_a702c820_like ON patrons_patron USING btree (phone_tail varchar_pattern_ops);
CREATE INDEX patrons_patron_registered_node_id_f6c43a4e ON patrons_patron USING btree (registered_node_id);
CREATE INDEX patrons_patron_registration_key_3d95ee84_like ON patrons_patron USING btree (registration_key varchar_pattern_ops);
CREATE INDEX protocols_apitoken_digest_0b303cea_like ON protocols_apitoken USING btree (digest varchar_pattern_ops);
CREATE INDEX protocols_apitoken_node_id_1c6579eb ON protocols_apitoken USING btree (node_id);
CREATE INDEX protocols_apitoken_patron_id_b3a4df99 ON protocols_apitoken USING btree (patron_id);
CREATE INDEX protocols_apitoken_staff_id_ab6ab493 ON protocols_apitoken USING btree (staff_id);
CREATE INDEX protocols_copyanswer_search_id_ceb707c4 ON protocols_copyanswer USING btree (search_id);
CREATE INDEX protocols_copyanswer_target_id_84124a6d ON protocols_copyanswer USING btree (target_id);
CREATE INDEX protocols_copyhit_answer_id_4f3f6265 ON protocols_copyhit USING btree (answer_id);
CREATE INDEX protocols_copysearch_asked_at_6b8a66c6 ON protocols_copysearch USING btree (asked_at);
CREATE INDEX protocols_copytarget_name_c5cd3f69_like ON protocols_copytarget USING btree (name varchar_pattern_ops);
CREATE INDEX protocols_fault_of_terminal ON protocols_terminalfault USING btree (terminal_id, at);
CREATE INDEX protocols_refusedsignins_address_f54799cc_like ON protocols_refusedsignins USING btree (address varchar_pattern_ops);
CREATE INDEX protocols_terminal_code_9723ecb1_like ON protocols_terminal USING btree (code varchar_pattern_ops);
CREATE INDEX protocols_terminal_department_id_0a36019e ON protocols_terminal USING btree (department_id);
CREATE INDEX protocols_terminal_node_id_807d68d9 ON protocols_terminal USING btree (node_id);
CREATE INDEX protocols_terminalday_terminal_id_c746a4af ON protocols_terminalday USING btree (terminal_id);
CREATE INDEX protocols_terminalfault_at_82031fac ON protocols_terminalfault USING btree (at);
CREATE INDEX protocols_terminalfault_terminal_id_5667f23f ON protocols_terminalfault USING btree (terminal_id);
CREATE INDEX protocols_upload_batch_id_773eecd2 ON protocols_upload USING btree (batch_id);
CREATE INDEX protocols_upload_centre_id_92766963 ON protocols_upload USING btree (centre_id);
CREATE INDEX protocols_upload_due ON protocols_upload USING btree (state, due_at);
CREATE INDEX protocols_upload_node_id_7d0b9848 ON protocols_upload USING btree (node_id);
CREATE INDEX protocols_upload_record_id_c5888cd2 ON protocols_upload USING btree (record_id);
CREATE INDEX protocols_uploadbatch_centre_id_44b78e84 ON protocols_uploadbatch USING btree (centre_id);
CREATE INDEX protocols_uploadcentre_name_5355d314_like ON protocols_uploadcentre USING btree (name varchar_pattern_ops);
CREATE INDEX registers_amendment_entry_id_bc950a59 ON registers_amendment USING btree (entry_id);
CREATE INDEX registers_entry_department_id_69e66398 ON registers_entry USING btree (department_id);
CREATE INDEX registers_entry_list ON registers_entry USING btree (book, day DESC, id DESC);
CREATE INDEX registers_entry_node_id_f10c7f3c ON registers_entry USING btree (node_id);
CREATE INDEX report_figure_of ON annual_report_editionfigure USING btree (measure, period_start);
CREATE INDEX report_text_of ON annual_report_statedtext USING btree (node_id, slot);
CREATE INDEX shelving_area_by_node ON shelving_area USING btree (node_id, first_key);
CREATE INDEX shelving_area_department_id_789c880f ON shelving_area USING btree (department_id);
CREATE INDEX shelving_area_key_68a153bb_like ON shelving_area USING btree (key varchar_pattern_ops);
CREATE INDEX shelving_area_node_id_8f225df6 ON shelving_area USING btree (node_id);
CREATE INDEX shelving_finding_item_id_ccbd0e38 ON shelving_finding USING btree (item_id);
CREATE INDEX shelving_finding_reading_id_a6b744b7 ON shelving_finding USING btree (reading_id);
CREATE INDEX shelving_reading_area_id_55dde9b5 ON shelving_reading USING btree (area_id);
CREATE INDEX shelving_reading_by_area ON shelving_reading USING btree (area_id, id DESC);
CREATE INDEX shelving_reading_key_6e48ed77_like ON shelving_reading USING btree (key varchar_pattern_ops);
CREATE INDEX shelving_task_area_id_84d1b8b2 ON shelving_task USING btree (area_id);
CREATE INDEX shelving_task_by_day ON shelving_task USING btree (node_id, day DESC, id DESC);
CREATE INDEX shelving_task_key_6636c3e6_like ON shelving_task USING btree (key varchar_pattern_ops);
CREATE INDEX shelving_task_node_id_91511717 ON shelving_task USING btree (node_id);
CREATE INDEX shelving_task_volunteers_task_id_f92b3ea4 ON shelving_task_volunteers USING btree (task_id);
CREATE INDEX shelving_task_volunteers_volunteer_id_d5b5904f ON shelving_task_volunteers USING btree (volunteer_id);
CREATE INDEX staff_audit_node ON staff_auditentry USING btree (node_id, at);
CREATE INDEX staff_audit_subject ON staff_auditentry USING btree (subject, at);
CREATE INDEX staff_auditentry_node_id_09676a10 ON staff_auditentry USING btree (node_id);
CREATE INDEX staff_auditentry_staff_id_a9714278 ON staff_auditentry USING btree (staff_id);
CREATE INDEX staff_grant_granted_by_id_72d27b2b ON staff_grant USING btree (granted_by_id);
CREATE INDEX staff_grant_node_id_92efc0d0 ON staff_grant USING btree (node_id);
CREATE INDEX staff_grant_role_id_7ca86069 ON staff_grant USING btree (role_id);
CREATE INDEX staff_grant_staff_id_59fe0580 ON staff_grant USING btree (staff_id);
CREATE INDEX staff_role_code_7bda6c04_like ON staff_role USING btree (code varchar_pattern_ops);
CREATE INDEX staff_signintry_username_c676d7db_like ON staff_signintry USING btree (username varchar_pattern_ops);
CREATE INDEX staff_staffmember_department_id_fbd58435 ON staff_staffmember USING btree (department_id);
CREATE INDEX staff_staffmember_home_node_id_b1dd70f0 ON staff_staffmember USING btree (home_node_id);
CREATE INDEX staff_staffmember_username_4079e0ef_like ON staff_staffmember USING btree (username varchar_pattern_ops);
CREATE INDEX volunteers_by_node ON volunteers_volunteer USING btree (node_id, standing, id);
CREATE UNIQUE INDEX volunteers_one_open_registration ON volunteers_volunteer USING btree (patron_id) WHERE ((standing)::text = ANY (ARRAY[('asked'::character varying)::text, ('serving'::character varying)::text]));
CREATE INDEX volunteers_service_by_day ON volunteers_service USING btree (volunteer_id, day DESC, id DESC);
CREATE INDEX volunteers_service_key_6491989a_like ON volunteers_service USING btree (key varchar_pattern_ops);
CREATE INDEX volunteers_service_volunteer_id_b10da527 ON volunteers_service USING btree (volunteer_id);
CREATE INDEX volunteers_volunteer_key_058e9d8b_like ON volunteers_volunteer USING btree (key varchar_pattern_ops);
CREATE INDEX volunteers_volunteer_node_id_faa78909 ON volunteers_volunteer USING btree (node_id);
CREATE INDEX volunteers_volunteer_patron_id_32434f85 ON volunteers_volunteer USING btree (patron_id);
ALTER INDEX ledger_event_once ATTACH PARTITION ledger_serviceevent_default_day_source_key;
ALTER INDEX ledger_serviceevent_pkey ATTACH PARTITION ledger_serviceevent_default_pkey;
CREATE TRIGGER ledger_append_only BEFORE DELETE OR UPDATE ON ledger_serviceevent FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
ALTER TABLE ONLY acquisitions_batch ADD CONSTRAINT acquisitions_batch_node_id_99c1feb2_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batch ADD CONSTRAINT acquisitions_batch_owner_node_id_f8d5c676_fk_network_node_id FOREIGN KEY (owner_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batch ADD CONSTRAINT acquisitions_batch_shelved_at_id_61c6791d_fk_network_node_id FOREIGN KEY (shelved_at_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batch ADD CONSTRAINT acquisitions_batch_supplier_id_bacafeec_fk_acquisiti FOREIGN KEY (supplier_id) REFERENCES acquisitions_supplier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batchcopy ADD CONSTRAINT acquisitions_batchco_batch_id_36449bf1_fk_acquisiti FOREIGN KEY (batch_id) REFERENCES acquisitions_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batchcopy ADD CONSTRAINT acquisitions_batchco_title_id_5e7adb28_fk_acquisiti FOREIGN KEY (title_id) REFERENCES acquisitions_batchtitle(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batchcopy ADD CONSTRAINT acquisitions_batchcopy_item_id_4e5256d8_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batchfile ADD CONSTRAINT acquisitions_batchfi_batch_id_1f671c55_fk_acquisiti FOREIGN KEY (batch_id) REFERENCES acquisitions_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batchstep ADD CONSTRAINT acquisitions_batchst_batch_id_3f88d098_fk_acquisiti FOREIGN KEY (batch_id) REFERENCES acquisitions_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batchtitle ADD CONSTRAINT acquisitions_batchti_batch_id_f269018f_fk_acquisiti FOREIGN KEY (batch_id) REFERENCES acquisitions_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batchtitle ADD CONSTRAINT acquisitions_batchti_record_id_9e3a6b48_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_batchtitle ADD CONSTRAINT acquisitions_batchti_same_as_id_d2cbf959_fk_acquisiti FOREIGN KEY (same_as_id) REFERENCES acquisitions_batchtitle(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_bookshop_series ADD CONSTRAINT acquisitions_booksho_barcodeseries_id_e3a05dd9_fk_holdings_ FOREIGN KEY (barcodeseries_id) REFERENCES holdings_barcodeseries(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_bookshop_series ADD CONSTRAINT acquisitions_booksho_bookshop_id_e176ff9c_fk_acquisiti FOREIGN KEY (bookshop_id) REFERENCES acquisitions_bookshop(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_bookshop ADD CONSTRAINT acquisitions_booksho_supplier_id_4991f92f_fk_acquisiti FOREIGN KEY (supplier_id) REFERENCES acquisitions_supplier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_bookshop ADD CONSTRAINT acquisitions_bookshop_node_id_fd27bf07_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_campaign_id_82692814_fk_acquisiti FOREIGN KEY (campaign_id) REFERENCES acquisitions_choicecampaign(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_item_id_3ed8548a_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_settlement_id_a542767a_fk_acquisiti FOREIGN KEY (settlement_id) REFERENCES acquisitions_shopsettlement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choice ADD CONSTRAINT acquisitions_choice_shop_id_1929ae18_fk_acquisiti FOREIGN KEY (shop_id) REFERENCES acquisitions_bookshop(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choicecampaign_shops ADD CONSTRAINT acquisitions_choicec_bookshop_id_a04a0988_fk_acquisiti FOREIGN KEY (bookshop_id) REFERENCES acquisitions_bookshop(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choicecampaign_shops ADD CONSTRAINT acquisitions_choicec_choicecampaign_id_fd0be389_fk_acquisiti FOREIGN KEY (choicecampaign_id) REFERENCES acquisitions_choicecampaign(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choicecampaign ADD CONSTRAINT acquisitions_choicec_processed_at_id_137fb3eb_fk_network_n FOREIGN KEY (processed_at_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choicecampaign ADD CONSTRAINT acquisitions_choicecampaign_node_id_0697affd_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choicerefusal ADD CONSTRAINT acquisitions_choicer_campaign_id_c8a9e95e_fk_acquisiti FOREIGN KEY (campaign_id) REFERENCES acquisitions_choicecampaign(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_choicerefusal ADD CONSTRAINT acquisitions_choicer_shop_id_b946ec49_fk_acquisiti FOREIGN KEY (shop_id) REFERENCES acquisitions_bookshop(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_parcel ADD CONSTRAINT acquisitions_parcel_batch_id_55a43e7d_fk_acquisitions_batch_id FOREIGN KEY (batch_id) REFERENCES acquisitions_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_parcelscan ADD CONSTRAINT acquisitions_parcels_batch_id_8ed7b81a_fk_acquisiti FOREIGN KEY (batch_id) REFERENCES acquisitions_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_parcelscan ADD CONSTRAINT acquisitions_parcels_copy_id_e3fd47e9_fk_acquisiti FOREIGN KEY (copy_id) REFERENCES acquisitions_batchcopy(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_sampleerror ADD CONSTRAINT acquisitions_samplee_copy_id_04ab75b0_fk_acquisiti FOREIGN KEY (copy_id) REFERENCES acquisitions_batchcopy(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY acquisitions_shopsettlement ADD CONSTRAINT acquisitions_shopset_shop_id_be684dcb_fk_acquisiti FOREIGN KEY (shop_id) REFERENCES acquisitions_bookshop(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_lesson ADD CONSTRAINT activities_lesson_session_id_6be5e501_fk_activities_session_id FOREIGN KEY (session_id) REFERENCES activities_session(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_planitem ADD CONSTRAINT activities_planitem_node_id_e5e9f7f3_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_programme ADD CONSTRAINT activities_programme_node_id_2c1885a1_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_programme ADD CONSTRAINT activities_programme_part_of_id_4d00bb51_fk_activitie FOREIGN KEY (part_of_id) REFERENCES activities_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_session ADD CONSTRAINT activities_session_department_id_a9578060_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_session ADD CONSTRAINT activities_session_node_id_352df794_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_session ADD CONSTRAINT activities_session_programme_id_81afb11f_fk_activitie FOREIGN KEY (programme_id) REFERENCES activities_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_signup ADD CONSTRAINT activities_signup_patron_id_8c9666f9_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_signup ADD CONSTRAINT activities_signup_session_id_2a4058e5_fk_activities_session_id FOREIGN KEY (session_id) REFERENCES activities_session(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY activities_tally ADD CONSTRAINT activities_tally_session_id_2c9c018d_fk_activities_session_id FOREIGN KEY (session_id) REFERENCES activities_session(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_editionstep ADD CONSTRAINT annual_report_editio_by_id_12af3d41_fk_staff_sta FOREIGN KEY (by_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_edition ADD CONSTRAINT annual_report_editio_composed_by_id_e843cf05_fk_staff_sta FOREIGN KEY (composed_by_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_editionfinding ADD CONSTRAINT annual_report_editio_edition_id_583d3184_fk_annual_re FOREIGN KEY (edition_id) REFERENCES annual_report_edition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_editionfigure ADD CONSTRAINT annual_report_editio_edition_id_5a7e7c88_fk_annual_re FOREIGN KEY (edition_id) REFERENCES annual_report_edition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_editionstep ADD CONSTRAINT annual_report_editio_edition_id_d192d4b5_fk_annual_re FOREIGN KEY (edition_id) REFERENCES annual_report_edition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_editionfinding ADD CONSTRAINT annual_report_editio_released_by_id_374daf51_fk_staff_sta FOREIGN KEY (released_by_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_edition ADD CONSTRAINT annual_report_edition_node_id_08313971_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_statedtext ADD CONSTRAINT annual_report_stated_entered_by_id_ba45aa99_fk_staff_sta FOREIGN KEY (entered_by_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY annual_report_statedtext ADD CONSTRAINT annual_report_statedtext_node_id_4e09669f_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY auth_group_permissions ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY auth_group_permissions ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY auth_permission ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authority ADD CONSTRAINT catalogue_authority_merged_into_id_c7c1fb26_fk_catalogue FOREIGN KEY (merged_into_id) REFERENCES catalogue_authority(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authority ADD CONSTRAINT catalogue_authority_node_id_583eb3f6_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authorityform ADD CONSTRAINT catalogue_authorityf_authority_id_86d57e5b_fk_catalogue FOREIGN KEY (authority_id) REFERENCES catalogue_authority(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authoritylink ADD CONSTRAINT catalogue_authorityl_authority_id_8efc4b80_fk_catalogue FOREIGN KEY (authority_id) REFERENCES catalogue_authority(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authoritylink ADD CONSTRAINT catalogue_authorityl_record_id_16bd5b44_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authoritymerge ADD CONSTRAINT catalogue_authoritym_gone_id_cbf54aa1_fk_catalogue FOREIGN KEY (gone_id) REFERENCES catalogue_authority(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authoritymerge ADD CONSTRAINT catalogue_authoritym_kept_id_4b238796_fk_catalogue FOREIGN KEY (kept_id) REFERENCES catalogue_authority(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authoritymergepart ADD CONSTRAINT catalogue_authoritym_merge_id_e4a3a9b7_fk_catalogue FOREIGN KEY (merge_id) REFERENCES catalogue_authoritymerge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authorityrewrite ADD CONSTRAINT catalogue_authorityr_authority_id_9182730b_fk_catalogue FOREIGN KEY (authority_id) REFERENCES catalogue_authority(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authorityrewrite ADD CONSTRAINT catalogue_authorityr_merge_id_9a17d3d2_fk_catalogue FOREIGN KEY (merge_id) REFERENCES catalogue_authoritymerge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_authorityrewrite ADD CONSTRAINT catalogue_authorityrewrite_node_id_00a7f57e_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_bibrecord ADD CONSTRAINT catalogue_bibrecord_node_id_8c1ff7f8_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_briefrecord ADD CONSTRAINT catalogue_briefrecor_record_id_fdfc19de_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_briefrecord ADD CONSTRAINT catalogue_briefrecord_node_id_b1995605_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_conversion ADD CONSTRAINT catalogue_conversion_record_id_9f19e70e_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_heldrecord ADD CONSTRAINT catalogue_heldrecord_record_id_06b50754_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_marcimport ADD CONSTRAINT catalogue_marcimport_node_id_3c973dcc_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_recordcondition ADD CONSTRAINT catalogue_recordcond_record_id_61f6569c_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_recordcondition ADD CONSTRAINT catalogue_recordcondition_node_id_72657633_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_recordnumber ADD CONSTRAINT catalogue_recordnumb_record_id_0e000f2f_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_recordsource ADD CONSTRAINT catalogue_recordsour_record_id_b44ed55d_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_recordsource ADD CONSTRAINT catalogue_recordsour_run_id_e368d767_fk_catalogue FOREIGN KEY (run_id) REFERENCES catalogue_marcimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_recordversion ADD CONSTRAINT catalogue_recordvers_record_id_6f931867_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_recordversion ADD CONSTRAINT catalogue_recordversion_node_id_591eb94a_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_rejectedrecord ADD CONSTRAINT catalogue_rejectedre_record_id_5b9b5ea8_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_rejectedrecord ADD CONSTRAINT catalogue_rejectedre_run_id_347bebb9_fk_catalogue FOREIGN KEY (run_id) REFERENCES catalogue_marcimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_takenrecord ADD CONSTRAINT catalogue_takenrecor_record_id_8b69cc9e_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY catalogue_unplacedrecord ADD CONSTRAINT catalogue_unplacedre_run_id_a4a6d7d8_fk_catalogue FOREIGN KEY (run_id) REFERENCES catalogue_marcimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorde_group_id_90c5a3f2_fk_circulati FOREIGN KEY (group_id) REFERENCES circulation_grouploan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorde_themed_id_717fb1ac_fk_circulati FOREIGN KEY (themed_id) REFERENCES circulation_themedset(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorder_made_node_id_44e493e7_fk_network_node_id FOREIGN KEY (made_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorder_patron_id_25b0b646_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_bookorder ADD CONSTRAINT circulation_bookorder_place_id_62731f19_fk_network_node_id FOREIGN KEY (place_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_campaignloan ADD CONSTRAINT circulation_campaign_campaign_id_cd5f6b6b_fk_circulati FOREIGN KEY (campaign_id) REFERENCES circulation_recallcampaign(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_campaignloan ADD CONSTRAINT circulation_campaign_loan_id_b3e48a43_fk_circulati FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_campaignloan ADD CONSTRAINT circulation_campaignloan_node_id_2fb3f467_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensa_loan_id_d3c359b0_fk_circulati FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensa_lost_item_id_27584dee_fk_holdings_ FOREIGN KEY (lost_item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensa_new_item_id_c8c77c16_fk_holdings_ FOREIGN KEY (new_item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_compensation ADD CONSTRAINT circulation_compensation_node_id_5781f9e9_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_crate ADD CONSTRAINT circulation_crate_from_node_id_9c88facc_fk_network_node_id FOREIGN KEY (from_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_crate ADD CONSTRAINT circulation_crate_to_node_id_89024bb6_fk_network_node_id FOREIGN KEY (to_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_driftbook ADD CONSTRAINT circulation_driftboo_point_id_4b91f877_fk_circulati FOREIGN KEY (point_id) REFERENCES circulation_driftpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_driftbook ADD CONSTRAINT circulation_driftbook_item_id_3bd9194a_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_driftmove ADD CONSTRAINT circulation_driftmov_book_id_f05230e7_fk_circulati FOREIGN KEY (book_id) REFERENCES circulation_driftbook(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_driftmove ADD CONSTRAINT circulation_driftmov_point_id_e410a977_fk_circulati FOREIGN KEY (point_id) REFERENCES circulation_driftpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_driftpoint ADD CONSTRAINT circulation_driftpoint_node_id_45e938bc_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_duedatemove ADD CONSTRAINT circulation_duedatemove_node_id_cff138ab_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_duty ADD CONSTRAINT circulation_duty_covers_id_c2b991f7_fk_circulation_duty_id FOREIGN KEY (covers_id) REFERENCES circulation_duty(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_duty ADD CONSTRAINT circulation_duty_post_id_f42d9685_fk_circulation_post_id FOREIGN KEY (post_id) REFERENCES circulation_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_duty ADD CONSTRAINT circulation_duty_staff_id_945215c6_fk_staff_staffmember_id FOREIGN KEY (staff_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_dutyswap ADD CONSTRAINT circulation_dutyswap_mine_id_ee37f17f_fk_circulation_duty_id FOREIGN KEY (mine_id) REFERENCES circulation_duty(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_dutyswap ADD CONSTRAINT circulation_dutyswap_theirs_id_cef894b2_fk_circulation_duty_id FOREIGN KEY (theirs_id) REFERENCES circulation_duty(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_emptiedbox ADD CONSTRAINT circulation_emptiedbox_node_id_aa7713e4_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_grouploanitem ADD CONSTRAINT circulation_grouploa_group_id_b0be5f6b_fk_circulati FOREIGN KEY (group_id) REFERENCES circulation_grouploan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_grouploanitem ADD CONSTRAINT circulation_grouploa_loan_id_2239b90d_fk_circulati FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_grouploan ADD CONSTRAINT circulation_grouploan_node_id_3d1eff97_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_handing ADD CONSTRAINT circulation_handing_item_id_bbaf9503_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_handing ADD CONSTRAINT circulation_handing_request_id_a0a8441d_fk_circulati FOREIGN KEY (request_id) REFERENCES circulation_materialrequest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_handing ADD CONSTRAINT circulation_handing_session_id_01d37a9a_fk_circulati FOREIGN KEY (session_id) REFERENCES circulation_readingsession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_inhouseuse ADD CONSTRAINT circulation_inhouseu_department_id_827f234c_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_inhouseuse ADD CONSTRAINT circulation_inhouseuse_item_id_8fd26817_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_inhouseuse ADD CONSTRAINT circulation_inhouseuse_node_id_01bd21d1_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_journalline ADD CONSTRAINT circulation_journalline_node_id_8caeda85_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_lendingtally ADD CONSTRAINT circulation_lendingtally_node_id_cf04596f_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_loan ADD CONSTRAINT circulation_loan_item_id_ee9877f3_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_loan ADD CONSTRAINT circulation_loan_lent_node_id_d0f67ad1_fk_network_node_id FOREIGN KEY (lent_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_loan ADD CONSTRAINT circulation_loan_patron_id_9dd55b75_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_loan ADD CONSTRAINT circulation_loan_returned_node_id_3f25d2f2_fk_network_node_id FOREIGN KEY (returned_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_loanrule ADD CONSTRAINT circulation_loanrule_hub_id_47069e53_fk_network_node_id FOREIGN KEY (hub_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_loanrule ADD CONSTRAINT circulation_loanrule_node_id_02fadf09_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_loanrule ADD CONSTRAINT circulation_loanrule_owner_id_0e2ce62e_fk_network_node_id FOREIGN KEY (owner_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_materialrequest ADD CONSTRAINT circulation_material_item_id_0e3a1f58_fk_holdings_ FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_materialrequest ADD CONSTRAINT circulation_material_patron_id_6a9e12a1_fk_patrons_p FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_materialrequest ADD CONSTRAINT circulation_material_room_id_e99647d0_fk_circulati FOREIGN KEY (room_id) REFERENCES circulation_readingroom(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_movedloan ADD CONSTRAINT circulation_movedloa_move_id_b11e2d84_fk_circulati FOREIGN KEY (move_id) REFERENCES circulation_duedatemove(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_movedloan ADD CONSTRAINT circulation_movedloan_loan_id_2dcd01a9_fk_circulation_loan_id FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_moveorder ADD CONSTRAINT circulation_moveorder_from_node_id_3f34cbec_fk_network_node_id FOREIGN KEY (from_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_moveorder ADD CONSTRAINT circulation_moveorder_item_id_cdb1223a_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_moveorder ADD CONSTRAINT circulation_moveorder_to_node_id_3e3d15a3_fk_network_node_id FOREIGN KEY (to_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_ordercopy ADD CONSTRAINT circulation_ordercop_line_id_9bc01050_fk_circulati FOREIGN KEY (line_id) REFERENCES circulation_orderline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_ordercopy ADD CONSTRAINT circulation_ordercop_reservation_id_edd839fa_fk_circulati FOREIGN KEY (reservation_id) REFERENCES circulation_reservation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_ordercopy ADD CONSTRAINT circulation_ordercopy_loan_id_482a2169_fk_circulation_loan_id FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_orderline ADD CONSTRAINT circulation_orderlin_order_id_521df8b1_fk_circulati FOREIGN KEY (order_id) REFERENCES circulation_bookorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_orderline ADD CONSTRAINT circulation_orderlin_record_id_83a04c65_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_orderstep ADD CONSTRAINT circulation_orderste_order_id_828e5f79_fk_circulati FOREIGN KEY (order_id) REFERENCES circulation_bookorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_paperline ADD CONSTRAINT circulation_paperlin_page_id_68fa2d06_fk_circulati FOREIGN KEY (page_id) REFERENCES circulation_paperpage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_paperline ADD CONSTRAINT circulation_paperline_item_id_c40f89c8_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_paperline ADD CONSTRAINT circulation_paperline_node_id_4f2212c5_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_paperline ADD CONSTRAINT circulation_paperline_patron_id_15b3367e_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_paperpage ADD CONSTRAINT circulation_paperpag_stored_file_id_84b90774_fk_files_sto FOREIGN KEY (stored_file_id) REFERENCES files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_paperpage ADD CONSTRAINT circulation_paperpage_node_id_6e79f349_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_placebooking ADD CONSTRAINT circulation_placeboo_patron_id_a91c7d3c_fk_patrons_p FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_placebooking ADD CONSTRAINT circulation_placeboo_place_id_4a873985_fk_circulati FOREIGN KEY (place_id) REFERENCES circulation_readingplace(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_placebooking ADD CONSTRAINT circulation_placeboo_room_id_a9194ee8_fk_circulati FOREIGN KEY (room_id) REFERENCES circulation_readingroom(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_placebooking ADD CONSTRAINT circulation_placeboo_session_id_05003348_fk_circulati FOREIGN KEY (session_id) REFERENCES circulation_readingsession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_post ADD CONSTRAINT circulation_post_node_id_eb2e212d_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_readingplace ADD CONSTRAINT circulation_readingp_room_id_c1ac6a9a_fk_circulati FOREIGN KEY (room_id) REFERENCES circulation_readingroom(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_readingroom ADD CONSTRAINT circulation_readingr_department_id_277d553f_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_readingsession ADD CONSTRAINT circulation_readings_patron_id_73edd463_fk_patrons_p FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_readingsession ADD CONSTRAINT circulation_readings_place_id_bfe996d1_fk_circulati FOREIGN KEY (place_id) REFERENCES circulation_readingplace(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_readingsession ADD CONSTRAINT circulation_readings_room_id_a26b41d0_fk_circulati FOREIGN KEY (room_id) REFERENCES circulation_readingroom(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_readingsession ADD CONSTRAINT circulation_readingsession_node_id_0f508730_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_recall ADD CONSTRAINT circulation_recall_loan_id_70941e4e_fk_circulation_loan_id FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_recall ADD CONSTRAINT circulation_recall_reservation_id_7e1562f9_fk_circulati FOREIGN KEY (reservation_id) REFERENCES circulation_reservation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_recallcampaign ADD CONSTRAINT circulation_recallca_amnesty_id_5fc6cd81_fk_credit_am FOREIGN KEY (amnesty_id) REFERENCES credit_amnesty(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_recallcampaign ADD CONSTRAINT circulation_recallcampaign_node_id_d243b3bb_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_renewal ADD CONSTRAINT circulation_renewal_loan_id_60495938_fk_circulation_loan_id FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_renewal ADD CONSTRAINT circulation_renewal_node_id_17fd3bcb_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservat_assigned_id_aabac638_fk_holdings_ FOREIGN KEY (assigned_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservat_made_node_id_8a2a9ff2_fk_network_n FOREIGN KEY (made_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservat_record_id_626937ff_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservat_trapped_id_b4d91ed5_fk_circulati FOREIGN KEY (trapped_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservation_item_id_87fce277_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservation_loan_id_be22c1d1_fk_circulation_loan_id FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservation_patron_id_2498e56f_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservation_pickup_id_62e40039_fk_network_node_id FOREIGN KEY (pickup_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_reservation ADD CONSTRAINT circulation_reservation_within_id_a11eaf01_fk_network_node_id FOREIGN KEY (within_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_themedsettitle ADD CONSTRAINT circulation_themedse_record_id_7357e028_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_themedsettitle ADD CONSTRAINT circulation_themedse_themed_id_bb464bf9_fk_circulati FOREIGN KEY (themed_id) REFERENCES circulation_themedset(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_themedset ADD CONSTRAINT circulation_themedset_node_id_466cf6bc_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_transit ADD CONSTRAINT circulation_transit_arrived_node_id_5e5e81cb_fk_network_node_id FOREIGN KEY (arrived_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_transit ADD CONSTRAINT circulation_transit_crate_id_a7bc6ea3_fk_circulation_crate_id FOREIGN KEY (crate_id) REFERENCES circulation_crate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_transit ADD CONSTRAINT circulation_transit_from_node_id_9100d6b9_fk_network_node_id FOREIGN KEY (from_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_transit ADD CONSTRAINT circulation_transit_item_id_a669e214_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_transit ADD CONSTRAINT circulation_transit_loan_id_bfbf4937_fk_circulation_loan_id FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_transit ADD CONSTRAINT circulation_transit_to_node_id_c5b498ec_fk_network_node_id FOREIGN KEY (to_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_undoing ADD CONSTRAINT circulation_undoing_loan_id_d87fffe1_fk_circulation_loan_id FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY circulation_undoing ADD CONSTRAINT circulation_undoing_node_id_b68a5904_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_amnesty ADD CONSTRAINT credit_amnesty_node_id_0410df73_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_amnestychange ADD CONSTRAINT credit_amnestychange_amnesty_id_c9b4e297_fk_credit_amnesty_id FOREIGN KEY (amnesty_id) REFERENCES credit_amnesty(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_approval ADD CONSTRAINT credit_approval_charge_id_6555c789_fk_credit_charge_id FOREIGN KEY (charge_id) REFERENCES credit_charge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_approval ADD CONSTRAINT credit_approval_node_id_1cf086b6_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_approval ADD CONSTRAINT credit_approval_patron_id_0a484b4a_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_charge ADD CONSTRAINT credit_charge_node_id_e0c1c47b_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_charge ADD CONSTRAINT credit_charge_patron_id_b631772c_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_charge ADD CONSTRAINT credit_charge_rule_id_057d8b7a_fk_credit_rule_id FOREIGN KEY (rule_id) REFERENCES credit_rule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_dayclose ADD CONSTRAINT credit_dayclose_node_id_26ea7b7c_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_depositclosing ADD CONSTRAINT credit_depositclosing_node_id_6b45f0e7_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_depositnotice ADD CONSTRAINT credit_depositnotice_closing_id_11ad4858_fk_credit_de FOREIGN KEY (closing_id) REFERENCES credit_depositclosing(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_depositnotice ADD CONSTRAINT credit_depositnotice_patron_id_e1dcbb43_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_drawer ADD CONSTRAINT credit_drawer_node_id_82fb491e_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_guarantee ADD CONSTRAINT credit_guarantee_patron_id_71ec8e3d_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_amnesty_id_bb3f3092_fk_credit_amnesty_id FOREIGN KEY (amnesty_id) REFERENCES credit_amnesty(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_approval_id_64683eec_fk_credit_approval_id FOREIGN KEY (approval_id) REFERENCES credit_approval(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_charge_id_bfaed155_fk_credit_charge_id FOREIGN KEY (charge_id) REFERENCES credit_charge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_node_id_eb6554cb_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_patron_id_f8fea5e5_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_receipt_id_6f3c6c12_fk_credit_receipt_id FOREIGN KEY (receipt_id) REFERENCES credit_receipt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_reverses_id_a0fb3a5d_fk_credit_moneyentry_id FOREIGN KEY (reverses_id) REFERENCES credit_moneyentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_moneyentry ADD CONSTRAINT credit_moneyentry_shift_id_2dc55d84_fk_credit_shift_id FOREIGN KEY (shift_id) REFERENCES credit_shift(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_pointentry ADD CONSTRAINT credit_pointentry_amnesty_id_1bf5369a_fk_credit_amnesty_id FOREIGN KEY (amnesty_id) REFERENCES credit_amnesty(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_pointentry ADD CONSTRAINT credit_pointentry_node_id_5457734e_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_pointentry ADD CONSTRAINT credit_pointentry_patron_id_62a7939c_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_pointentry ADD CONSTRAINT credit_pointentry_reverses_id_158ff343_fk_credit_pointentry_id FOREIGN KEY (reverses_id) REFERENCES credit_pointentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_pointentry ADD CONSTRAINT credit_pointentry_rule_id_42d658a8_fk_credit_rule_id FOREIGN KEY (rule_id) REFERENCES credit_rule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_receipt ADD CONSTRAINT credit_receipt_book_id_e09248bf_fk_credit_receiptbook_id FOREIGN KEY (book_id) REFERENCES credit_receiptbook(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_receipt ADD CONSTRAINT credit_receipt_close_id_7b7eb6de_fk_credit_dayclose_id FOREIGN KEY (close_id) REFERENCES credit_dayclose(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_receipt ADD CONSTRAINT credit_receipt_patron_id_a0081d04_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_receiptbook ADD CONSTRAINT credit_receiptbook_drawer_id_97e087ae_fk_credit_drawer_id FOREIGN KEY (drawer_id) REFERENCES credit_drawer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_receiptbook ADD CONSTRAINT credit_receiptbook_node_id_975b0af2_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_reminded ADD CONSTRAINT credit_reminded_node_id_894d69da_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_reminded ADD CONSTRAINT credit_reminded_patron_id_7157ff14_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_reminded ADD CONSTRAINT credit_reminded_run_id_ff55092f_fk_credit_sliprun_id FOREIGN KEY (run_id) REFERENCES credit_sliprun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_review ADD CONSTRAINT credit_review_entry_id_d9c96f0e_fk_credit_pointentry_id FOREIGN KEY (entry_id) REFERENCES credit_pointentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_review ADD CONSTRAINT credit_review_patron_id_a12c089d_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_rule ADD CONSTRAINT credit_rule_node_id_83d2b9a9_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_shift ADD CONSTRAINT credit_shift_drawer_id_25486c1e_fk_credit_drawer_id FOREIGN KEY (drawer_id) REFERENCES credit_drawer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_sliprun ADD CONSTRAINT credit_sliprun_node_id_4d1c1193_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_stop ADD CONSTRAINT credit_stop_patron_id_eb901c62_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit_stop ADD CONSTRAINT credit_stop_rule_id_5dc4b575_fk_credit_rule_id FOREIGN KEY (rule_id) REFERENCES credit_rule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY demo_demostep ADD CONSTRAINT demo_demostep_demo_id_a78bc066_fk_demo_demo_id FOREIGN KEY (demo_id) REFERENCES demo_demo(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY digital_housenetwork ADD CONSTRAINT digital_housenetwork_node_id_34455b5c_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY digital_resource ADD CONSTRAINT digital_resource_node_id_4dec6d43_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY digital_resourcepackage ADD CONSTRAINT digital_resourcepackage_node_id_2511344d_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY digital_suppliercount ADD CONSTRAINT digital_suppliercoun_resource_id_a275b647_fk_digital_r FOREIGN KEY (resource_id) REFERENCES digital_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_entryact ADD CONSTRAINT facilities_entryact_node_id_577976fe_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_entryact ADD CONSTRAINT facilities_entryact_slot_id_5afe102b_fk_facilitie FOREIGN KEY (slot_id) REFERENCES facilities_entryslotcount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_entrybooking ADD CONSTRAINT facilities_entrybooking_node_id_96edce06_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_entrybooking ADD CONSTRAINT facilities_entrybooking_patron_id_c3f2a046_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_entryslotcount ADD CONSTRAINT facilities_entryslotcount_node_id_9e5b3305_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_gate ADD CONSTRAINT facilities_gate_department_id_362b12c3_fk_network_department_id FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_gate ADD CONSTRAINT facilities_gate_node_id_870d15c6_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_gatecount ADD CONSTRAINT facilities_gatecount_gate_id_e499f2d9_fk_facilities_gate_id FOREIGN KEY (gate_id) REFERENCES facilities_gate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_machine ADD CONSTRAINT facilities_machine_department_id_25f538be_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_machine ADD CONSTRAINT facilities_machine_node_id_b6361cdd_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_machinedeed ADD CONSTRAINT facilities_machinede_department_id_7a5e047a_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_machinedeed ADD CONSTRAINT facilities_machinede_machine_id_1749bc54_fk_facilitie FOREIGN KEY (machine_id) REFERENCES facilities_machine(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_machinedevice ADD CONSTRAINT facilities_machinede_machine_id_6abbaec3_fk_facilitie FOREIGN KEY (machine_id) REFERENCES facilities_machine(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_machinedeed ADD CONSTRAINT facilities_machinedeed_node_id_c478b413_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_opening ADD CONSTRAINT facilities_opening_node_id_24c33abf_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_roomcount ADD CONSTRAINT facilities_roomcount_department_id_6f538ba2_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_signingroom ADD CONSTRAINT facilities_signingro_department_id_84d92261_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY facilities_visittally ADD CONSTRAINT facilities_visittally_node_id_db89c4ba_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY files_storedfile ADD CONSTRAINT files_storedfile_node_id_a1f45d7a_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_allocationplan ADD CONSTRAINT holdings_allocationplan_node_id_3814758f_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_ancientvolume ADD CONSTRAINT holdings_ancientvolu_work_id_c1ade5f4_fk_holdings_ FOREIGN KEY (work_id) REFERENCES holdings_ancientwork(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_ancientvolume ADD CONSTRAINT holdings_ancientvolume_item_id_ba76b04d_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_ancientwork ADD CONSTRAINT holdings_ancientwork_owner_node_id_5179bf15_fk_network_node_id FOREIGN KEY (owner_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_ancientwork ADD CONSTRAINT holdings_ancientwork_record_id_4346e978_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_barcodeseries ADD CONSTRAINT holdings_barcodeseries_node_id_bb807c70_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_batch ADD CONSTRAINT holdings_batch_node_id_6bb6c9b9_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_batch ADD CONSTRAINT holdings_batch_undoes_id_149ec32a_fk_holdings_batch_id FOREIGN KEY (undoes_id) REFERENCES holdings_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_batchline ADD CONSTRAINT holdings_batchline_batch_id_71736a53_fk_holdings_batch_id FOREIGN KEY (batch_id) REFERENCES holdings_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_batchline ADD CONSTRAINT holdings_batchline_item_id_12e3d045_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_bookentry ADD CONSTRAINT holdings_bookentry_owner_node_id_82f19cc7_fk_network_node_id FOREIGN KEY (owner_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_callnumberscheme ADD CONSTRAINT holdings_callnumberscheme_node_id_670f99bb_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_countfinding ADD CONSTRAINT holdings_countfindin_count_id_5c1608a2_fk_holdings_ FOREIGN KEY (count_id) REFERENCES holdings_stockcount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_countfinding ADD CONSTRAINT holdings_countfinding_item_id_394b0dcd_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_countscan ADD CONSTRAINT holdings_countscan_count_id_82177116_fk_holdings_stockcount_id FOREIGN KEY (count_id) REFERENCES holdings_stockcount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_countscan ADD CONSTRAINT holdings_countscan_item_id_98cd9845_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_formerholding ADD CONSTRAINT holdings_formerholdi_entered_in_id_02770620_fk_holdings_ FOREIGN KEY (entered_in_id) REFERENCES holdings_bookentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_formerholding ADD CONSTRAINT holdings_formerholdi_left_in_id_ee52e4e4_fk_holdings_ FOREIGN KEY (left_in_id) REFERENCES holdings_bookentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_formerholding ADD CONSTRAINT holdings_formerholdi_owner_node_id_e996e213_fk_network_n FOREIGN KEY (owner_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_formerholding ADD CONSTRAINT holdings_formerholding_item_id_8dffab5d_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_handover ADD CONSTRAINT holdings_handover_from_node_id_65ae3bfb_fk_network_node_id FOREIGN KEY (from_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_handover ADD CONSTRAINT holdings_handover_to_department_id_a5756730_fk_network_d FOREIGN KEY (to_department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_handover ADD CONSTRAINT holdings_handover_to_node_id_72fbad6e_fk_network_node_id FOREIGN KEY (to_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_handoverline ADD CONSTRAINT holdings_handoverlin_handover_id_3ddaa168_fk_holdings_ FOREIGN KEY (handover_id) REFERENCES holdings_handover(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_handoverline ADD CONSTRAINT holdings_handoverline_item_id_2c384abd_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_department_id_c612dea3_fk_network_department_id FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_entered_in_id_c4c11bb0_fk_holdings_bookentry_id FOREIGN KEY (entered_in_id) REFERENCES holdings_bookentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_held_for_id_17222edd_fk_patrons_patron_id FOREIGN KEY (held_for_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_left_in_id_bdad8dd8_fk_holdings_bookentry_id FOREIGN KEY (left_in_id) REFERENCES holdings_bookentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_owner_node_id_b51b1b81_fk_network_node_id FOREIGN KEY (owner_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_present_node_id_e221702b_fk_network_node_id FOREIGN KEY (present_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_record_id_7c2e3454_fk_catalogue_bibrecord_id FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_item ADD CONSTRAINT holdings_item_shelved_at_id_9ff5aa02_fk_network_node_id FOREIGN KEY (shelved_at_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_itemtag ADD CONSTRAINT holdings_itemtag_item_id_7b3c9180_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_keptnumber ADD CONSTRAINT holdings_keptnumber_record_id_6fa55c47_fk_catalogue FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_lockedline ADD CONSTRAINT holdings_lockedline_entry_id_b93510f4_fk_holdings_bookentry_id FOREIGN KEY (entry_id) REFERENCES holdings_bookentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_lockedline ADD CONSTRAINT holdings_lockedline_item_id_bc5ecaf4_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_lockedline ADD CONSTRAINT holdings_lockedline_month_id_7fd065c9_fk_holdings_ FOREIGN KEY (month_id) REFERENCES holdings_lockedmonth(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_lockedmonth ADD CONSTRAINT holdings_lockedmonth_owner_node_id_ceaf5d5d_fk_network_node_id FOREIGN KEY (owner_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_pricecorrection ADD CONSTRAINT holdings_pricecorrec_owner_node_id_e440b35b_fk_network_n FOREIGN KEY (owner_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_pricecorrection ADD CONSTRAINT holdings_pricecorrection_item_id_dd5be120_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_statechange ADD CONSTRAINT holdings_statechange_item_id_af347604_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_statechange ADD CONSTRAINT holdings_statechange_node_id_bf07a96e_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_stockcount ADD CONSTRAINT holdings_stockcount_department_id_fd748d33_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_stockcount ADD CONSTRAINT holdings_stockcount_node_id_bb29795f_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_from_node_id_6a07a3ad_fk_network_node_id FOREIGN KEY (from_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_holder_id_d3407546_fk_patrons_patron_id FOREIGN KEY (holder_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_new_owner_id_20ae6231_fk_network_node_id FOREIGN KEY (new_owner_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_old_owner_id_1128f89e_fk_network_node_id FOREIGN KEY (old_owner_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_to_department_id_e583822d_fk_network_d FOREIGN KEY (to_department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transfer ADD CONSTRAINT holdings_transfer_to_node_id_a3345a88_fk_network_node_id FOREIGN KEY (to_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transferline ADD CONSTRAINT holdings_transferlin_from_department_id_fe753f5a_fk_network_d FOREIGN KEY (from_department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transferline ADD CONSTRAINT holdings_transferlin_transfer_id_1222655b_fk_holdings_ FOREIGN KEY (transfer_id) REFERENCES holdings_transfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_transferline ADD CONSTRAINT holdings_transferline_item_id_89e93974_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_treatment ADD CONSTRAINT holdings_treatment_item_id_13416837_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_weedingline ADD CONSTRAINT holdings_weedingline_item_id_21edebb4_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_weedingline ADD CONSTRAINT holdings_weedingline_weeding_id_9f02b075_fk_holdings_ FOREIGN KEY (weeding_id) REFERENCES holdings_weedinglist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY holdings_weedinglist ADD CONSTRAINT holdings_weedinglist_owner_node_id_65ee1a85_fk_network_node_id FOREIGN KEY (owner_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY moving_misfit ADD CONSTRAINT moving_misfit_run_id_c50e32de_fk_moving_run_id FOREIGN KEY (run_id) REFERENCES moving_run(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY moving_pastsum ADD CONSTRAINT moving_pastsum_node_id_b366c1cd_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY moving_run ADD CONSTRAINT moving_run_node_id_6ca14525_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_admissioncap ADD CONSTRAINT network_admissioncap_node_id_8276a432_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_closedperiod ADD CONSTRAINT network_closedperiod_node_id_97e1d66e_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_closure ADD CONSTRAINT network_closure_ancestor_id_b49b32f8_fk_network_node_id FOREIGN KEY (ancestor_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_closure ADD CONSTRAINT network_closure_descendant_id_5f6550d9_fk_network_node_id FOREIGN KEY (descendant_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_department ADD CONSTRAINT network_department_node_id_b3651669_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_node ADD CONSTRAINT network_node_successor_id_0988b4ce_fk_network_node_id FOREIGN KEY (successor_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_nodestate ADD CONSTRAINT network_nodestate_node_id_a23d5387_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_openinghours ADD CONSTRAINT network_openinghours_node_id_83c6128d_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_placement ADD CONSTRAINT network_placement_node_id_8edaeca0_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_placement ADD CONSTRAINT network_placement_parent_id_78cc384f_fk_network_node_id FOREIGN KEY (parent_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY network_season ADD CONSTRAINT network_season_node_id_87fdaffc_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY notices_delivery ADD CONSTRAINT notices_delivery_notice_id_2d5dfa0c_fk_notices_notice_id FOREIGN KEY (notice_id) REFERENCES notices_notice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY notices_delivery ADD CONSTRAINT notices_delivery_sender_id_a81b6da8_fk_notices_sender_id FOREIGN KEY (sender_id) REFERENCES notices_sender(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY notices_notice ADD CONSTRAINT notices_notice_node_id_486a8fb9_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY notices_notice ADD CONSTRAINT notices_notice_patron_id_e5fd618d_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY notices_noticerule ADD CONSTRAINT notices_noticerule_node_id_8e4c5de2_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY notices_ownwording ADD CONSTRAINT notices_ownwording_node_id_2f51b6cd_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY notices_sender ADD CONSTRAINT notices_sender_node_id_1c395a66_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY notices_wish ADD CONSTRAINT notices_wish_patron_id_deef5ec7_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_busline ADD CONSTRAINT outreach_busline_node_id_f8a33e16_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_busline ADD CONSTRAINT outreach_busline_vehicle_id_14b7ab13_fk_facilities_machine_id FOREIGN KEY (vehicle_id) REFERENCES facilities_machine(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_busstop ADD CONSTRAINT outreach_busstop_home_id_99e4ceb2_fk_network_node_id FOREIGN KEY (home_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_busstop ADD CONSTRAINT outreach_busstop_node_id_e465e2f7_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorcopy ADD CONSTRAINT outreach_doorcopy_loan_id_b984f4e2_fk_circulation_loan_id FOREIGN KEY (loan_id) REFERENCES circulation_loan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorcopy ADD CONSTRAINT outreach_doorcopy_visit_id_2bc75b47_fk_outreach_doorvisit_id FOREIGN KEY (visit_id) REFERENCES outreach_doorvisit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorreader ADD CONSTRAINT outreach_doorreader_node_id_49d5a4b0_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorreader ADD CONSTRAINT outreach_doorreader_patron_id_56fddf1b_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorrule ADD CONSTRAINT outreach_doorrule_node_id_86fe00ea_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorrun ADD CONSTRAINT outreach_doorrun_node_id_60136e7e_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorvisit ADD CONSTRAINT outreach_doorvisit_order_id_33e10f7e_fk_circulati FOREIGN KEY (order_id) REFERENCES circulation_bookorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorvisit ADD CONSTRAINT outreach_doorvisit_reader_id_2bd0c2f0_fk_outreach_doorreader_id FOREIGN KEY (reader_id) REFERENCES outreach_doorreader(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_doorvisit ADD CONSTRAINT outreach_doorvisit_run_id_7241fbcb_fk_outreach_doorrun_id FOREIGN KEY (run_id) REFERENCES outreach_doorrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_linecall ADD CONSTRAINT outreach_linecall_line_id_7b3f8fc4_fk_outreach_busline_id FOREIGN KEY (line_id) REFERENCES outreach_busline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_linecall ADD CONSTRAINT outreach_linecall_stop_id_25c35707_fk_outreach_busstop_id FOREIGN KEY (stop_id) REFERENCES outreach_busstop(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_lineexception ADD CONSTRAINT outreach_lineexception_line_id_cc59e1b0_fk_outreach_busline_id FOREIGN KEY (line_id) REFERENCES outreach_busline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_trip ADD CONSTRAINT outreach_trip_department_id_d0f48ed3_fk_network_department_id FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_trip ADD CONSTRAINT outreach_trip_line_id_10f67737_fk_outreach_busline_id FOREIGN KEY (line_id) REFERENCES outreach_busline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_trip ADD CONSTRAINT outreach_trip_node_id_af9aa702_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_trip ADD CONSTRAINT outreach_trip_vehicle_id_30491a57_fk_facilities_machine_id FOREIGN KEY (vehicle_id) REFERENCES facilities_machine(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_tripstop ADD CONSTRAINT outreach_tripstop_stop_id_3cb3d584_fk_outreach_busstop_id FOREIGN KEY (stop_id) REFERENCES outreach_busstop(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY outreach_tripstop ADD CONSTRAINT outreach_tripstop_trip_id_4fa8d35b_fk_outreach_trip_id FOREIGN KEY (trip_id) REFERENCES outreach_trip(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_application ADD CONSTRAINT patrons_application_category_id_d1265270_fk_patrons_category_id FOREIGN KEY (category_id) REFERENCES patrons_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_application ADD CONSTRAINT patrons_application_node_id_8df2f72c_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_application ADD CONSTRAINT patrons_application_patron_id_eb3b8169_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_card ADD CONSTRAINT patrons_card_patron_id_c8ac67ae_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_card ADD CONSTRAINT patrons_card_replaces_id_136c49e5_fk_patrons_card_id FOREIGN KEY (replaces_id) REFERENCES patrons_card(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_contact ADD CONSTRAINT patrons_contact_patron_id_17ed3570_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_familybond ADD CONSTRAINT patrons_familybond_holder_id_0c1eb570_fk_patrons_patron_id FOREIGN KEY (holder_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_familybond ADD CONSTRAINT patrons_familybond_member_id_9f23e04c_fk_patrons_patron_id FOREIGN KEY (member_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_guardian ADD CONSTRAINT patrons_guardian_patron_id_995d0ad7_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_intake ADD CONSTRAINT patrons_intake_node_id_0f4d755f_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_intakeline ADD CONSTRAINT patrons_intakeline_intake_id_2e3f2a8b_fk_patrons_intake_id FOREIGN KEY (intake_id) REFERENCES patrons_intake(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_intakeline ADD CONSTRAINT patrons_intakeline_patron_id_2cc3a018_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_joiningrule ADD CONSTRAINT patrons_joiningrule_node_id_6721c0df_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_password ADD CONSTRAINT patrons_password_patron_id_94b4f634_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_patron ADD CONSTRAINT patrons_patron_category_id_eca03227_fk_patrons_category_id FOREIGN KEY (category_id) REFERENCES patrons_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_patron ADD CONSTRAINT patrons_patron_home_node_id_32fff073_fk_network_node_id FOREIGN KEY (home_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_patron ADD CONSTRAINT patrons_patron_merged_into_id_8eab63fd_fk_patrons_patron_id FOREIGN KEY (merged_into_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_patron ADD CONSTRAINT patrons_patron_registered_node_id_f6c43a4e_fk_network_node_id FOREIGN KEY (registered_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY patrons_unitmember ADD CONSTRAINT patrons_unitmember_patron_id_6278cf31_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_apitoken ADD CONSTRAINT protocols_apitoken_node_id_1c6579eb_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_apitoken ADD CONSTRAINT protocols_apitoken_patron_id_b3a4df99_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_apitoken ADD CONSTRAINT protocols_apitoken_staff_id_ab6ab493_fk_staff_staffmember_id FOREIGN KEY (staff_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_copyanswer ADD CONSTRAINT protocols_copyanswer_search_id_ceb707c4_fk_protocols FOREIGN KEY (search_id) REFERENCES protocols_copysearch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_copyanswer ADD CONSTRAINT protocols_copyanswer_target_id_84124a6d_fk_protocols FOREIGN KEY (target_id) REFERENCES protocols_copytarget(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_copyhit ADD CONSTRAINT protocols_copyhit_answer_id_4f3f6265_fk_protocols_copyanswer_id FOREIGN KEY (answer_id) REFERENCES protocols_copyanswer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_terminal ADD CONSTRAINT protocols_terminal_department_id_0a36019e_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_terminal ADD CONSTRAINT protocols_terminal_node_id_807d68d9_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_terminalday ADD CONSTRAINT protocols_terminalda_terminal_id_c746a4af_fk_protocols FOREIGN KEY (terminal_id) REFERENCES protocols_terminal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_terminalfault ADD CONSTRAINT protocols_terminalfa_terminal_id_5667f23f_fk_protocols FOREIGN KEY (terminal_id) REFERENCES protocols_terminal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_upload ADD CONSTRAINT protocols_upload_batch_id_773eecd2_fk_protocols_uploadbatch_id FOREIGN KEY (batch_id) REFERENCES protocols_uploadbatch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_upload ADD CONSTRAINT protocols_upload_centre_id_92766963_fk_protocols FOREIGN KEY (centre_id) REFERENCES protocols_uploadcentre(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_upload ADD CONSTRAINT protocols_upload_node_id_7d0b9848_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_upload ADD CONSTRAINT protocols_upload_record_id_c5888cd2_fk_catalogue_bibrecord_id FOREIGN KEY (record_id) REFERENCES catalogue_bibrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY protocols_uploadbatch ADD CONSTRAINT protocols_uploadbatc_centre_id_44b78e84_fk_protocols FOREIGN KEY (centre_id) REFERENCES protocols_uploadcentre(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY registers_amendment ADD CONSTRAINT registers_amendment_entry_id_bc950a59_fk_registers_entry_id FOREIGN KEY (entry_id) REFERENCES registers_entry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY registers_entry ADD CONSTRAINT registers_entry_department_id_69e66398_fk_network_department_id FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY registers_entry ADD CONSTRAINT registers_entry_node_id_f10c7f3c_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_area ADD CONSTRAINT shelving_area_department_id_789c880f_fk_network_department_id FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_area ADD CONSTRAINT shelving_area_node_id_8f225df6_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_finding ADD CONSTRAINT shelving_finding_item_id_ccbd0e38_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_finding ADD CONSTRAINT shelving_finding_reading_id_a6b744b7_fk_shelving_reading_id FOREIGN KEY (reading_id) REFERENCES shelving_reading(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_reading ADD CONSTRAINT shelving_reading_area_id_55dde9b5_fk_shelving_area_id FOREIGN KEY (area_id) REFERENCES shelving_area(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_task ADD CONSTRAINT shelving_task_area_id_84d1b8b2_fk_shelving_area_id FOREIGN KEY (area_id) REFERENCES shelving_area(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_task ADD CONSTRAINT shelving_task_node_id_91511717_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_task_volunteers ADD CONSTRAINT shelving_task_volunt_volunteer_id_d5b5904f_fk_volunteer FOREIGN KEY (volunteer_id) REFERENCES volunteers_volunteer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY shelving_task_volunteers ADD CONSTRAINT shelving_task_volunteers_task_id_f92b3ea4_fk_shelving_task_id FOREIGN KEY (task_id) REFERENCES shelving_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY staff_auditentry ADD CONSTRAINT staff_auditentry_node_id_09676a10_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY staff_auditentry ADD CONSTRAINT staff_auditentry_staff_id_a9714278_fk_staff_staffmember_id FOREIGN KEY (staff_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY staff_grant ADD CONSTRAINT staff_grant_granted_by_id_72d27b2b_fk_staff_staffmember_id FOREIGN KEY (granted_by_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY staff_grant ADD CONSTRAINT staff_grant_node_id_92efc0d0_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY staff_grant ADD CONSTRAINT staff_grant_role_id_7ca86069_fk_staff_role_id FOREIGN KEY (role_id) REFERENCES staff_role(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY staff_grant ADD CONSTRAINT staff_grant_staff_id_59fe0580_fk_staff_staffmember_id FOREIGN KEY (staff_id) REFERENCES staff_staffmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY staff_staffmember ADD CONSTRAINT staff_staffmember_department_id_fbd58435_fk_network_d FOREIGN KEY (department_id) REFERENCES network_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY staff_staffmember ADD CONSTRAINT staff_staffmember_home_node_id_b1dd70f0_fk_network_node_id FOREIGN KEY (home_node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY volunteers_service ADD CONSTRAINT volunteers_service_volunteer_id_b10da527_fk_volunteer FOREIGN KEY (volunteer_id) REFERENCES volunteers_volunteer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY volunteers_volunteer ADD CONSTRAINT volunteers_volunteer_node_id_faa78909_fk_network_node_id FOREIGN KEY (node_id) REFERENCES network_node(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY volunteers_volunteer ADD CONSTRAINT volunteers_volunteer_patron_id_32434f85_fk_patrons_patron_id FOREIGN KEY (patron_id) REFERENCES patrons_patron(id) DEFERRABLE INITIALLY DEFERRED;
