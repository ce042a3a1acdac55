"""Merging copies: what it would do, one button that does it, and the report to keep."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTreeView, QVBoxLayout, QWidget

from coder_app.domain.errors import AnotherProject, AppError
from coder_app.domain.progress import OnProgress
from coder_app.exporters.merge_report import write_merge_report
from coder_app.gui.context import LARGE, Context
from coder_app.gui.files import choose
from coder_app.gui.jobs import Job, Progress
from coder_app.gui.team.merge_tree import OPEN, MergeTree
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.store.merging import is_merge
from coder_app.store.project import Project
from coder_app.store.undo import label_of
from coder_app.team.merge import Report, merge, merge_aligned, preview
from coder_app.team.report_tables import report_tables

_FIRST_COLUMN = 420


class MergePanel(QWidget):
    """Stands at one of: nothing chosen, looking, a preview, refused, merged."""

    copies_requested = Signal()
    undecided_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(tr("Merge"))
        self.paths: list[Path] = []
        self.report: Report | None = None
        self._job: Job | None = None
        self._aligned = self._is_done = False
        self.title = words("", "heading")
        self.told = words("")
        self.note = words("", "muted")
        self.model = MergeTree(self)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(tr("What the merge brings"))
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.tree.header().resizeSection(0, _FIRST_COLUMN)
        set_role(self.tree, "quiet")
        self.choose = QPushButton(tr("Choose copies…"))
        self.do = QPushButton(tr("Merge"))
        set_role(self.do, "primary")
        self.align = QPushButton(tr("Align and look"))
        self.stop = QPushButton(tr("Cancel"))
        self.decide = QPushButton(tr("Decide"))
        self.undo = QPushButton(tr("Undo the merge"))
        self.keep = QPushButton(tr("Keep a report…"))
        self._arrange()
        self._connect()
        self._show_state()

    def _arrange(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 14)
        head.setSpacing(8)
        for part in (self.title, self.told, self.note):
            head.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.do, self.align, self.stop, self.decide, self.undo, self.keep, self.choose):
            buttons.addWidget(button)
        buttons.addStretch(1)
        head.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.tree, 1)
        whole.addStretch(0)
        self._whole = whole

    def _connect(self) -> None:
        self.choose.clicked.connect(self.copies_requested)
        self.do.clicked.connect(self.merge)
        self.align.clicked.connect(self._align)
        self.stop.clicked.connect(self.cancel)
        self.decide.clicked.connect(self.undecided_requested)
        self.undo.clicked.connect(self._context.undo)
        self.keep.clicked.connect(self.ask_target)
        self._context.signals.opened.connect(self._forget)
        self._context.signals.closed.connect(self._forget)
        self._context.signals.changed.connect(self._on_changed)

    def _forget(self, *_: object) -> None:
        self._job = None
        self.paths, self.report = [], None
        self._aligned = self._is_done = False
        self._show_state()

    def _on_changed(self, _: object) -> None:
        project = self._context.project
        if self.report is None or project is None:
            return
        if self._is_done and self.report.change_sets and not is_merge(project.db, self.report.merge_id):
            # It was taken out again: what it brought is a preview once more.
            self._is_done = False
        self._show_state()

    # looking

    def look(self, paths: list[Path], *, aligned: bool = False) -> None:
        """Find out what merging these copies would do; the project is copied for it, and not changed."""
        project = self._context.project
        if project is None or not paths:
            return
        self.cancel()
        self.paths, self._aligned, self._is_done, self.report = paths, aligned, False, None
        # What is being typed belongs to what the copies are compared with.
        self._context.signals.save_requested.emit()

        def work(progress: Progress) -> Report:
            return preview(project, paths, strangers=aligned, on_progress=progress, stopped=progress.cancelled)

        self._job = self._context.jobs.run(
            tr("Looking at {files}", files=_names(paths)), work, self._looked, failed=self._refused
        )
        self._show_state()

    def _looked(self, report: Report) -> None:
        self._job, self.report = None, report
        self._show_report(report)

    def _refused(self, error: BaseException) -> None:
        self._job = None
        self._show_state()
        if not isinstance(error, AppError):
            self._context.tell(error)
            return
        self.title.setText(tr("These copies were not merged"))
        self.told.setText(str(error))
        self.note.setText(tr("Your project is as it was."))
        self.note.show()
        if isinstance(error, AnotherProject):
            self.note.setText(
                tr(
                    "Aligning makes one of sources with exactly the same text and of codes with the same path; "
                    "everything else comes in beside what is here. You see what it would do before anything is done."
                )
            )
            self.align.show()

    def cancel(self) -> None:
        """Look no further."""
        if self._job is not None:
            self._job.progress.cancel()
            self._job = None
            self._show_state()

    def _align(self) -> None:
        self.look(self.paths, aligned=True)

    # merging

    def merge(self) -> None:
        """Do it: one step of Undo, all of it or nothing."""
        paths, aligned = self.paths, self._aligned
        if self.report is None or self._is_done or not self._context.writable:
            return

        def work(project: Project, on_progress: OnProgress) -> Report:
            if aligned:
                return merge_aligned(project, paths, on_progress=on_progress)
            return merge(project, paths, on_progress=on_progress)

        self._context.attempt_large(
            tr("Merging {files}", files=_names(paths)), LARGE, self._context.copies.first(None, work), self._merged
        )

    def _merged(self, report: Report) -> None:
        self.report, self._is_done = report, True
        self._show_report(report)
        steps = trn("{n} step came in.", "{n} steps came in.", report.change_sets)
        n = len(report.new_conflicts)
        undecided = trn("{n} thing is to decide.", "{n} things are to decide.", n) if n else ""
        self._context.say(f"{steps} {undecided}".strip(), undo=bool(report.change_sets))

    # showing

    def _show_report(self, report: Report) -> None:
        self.model.show(report)
        self._open_branches(QModelIndex())
        self.tree.scrollToTop()
        self._show_state()
        (self.tree if not self.do.isVisible() else self.do).setFocus()

    def _open_branches(self, above: QModelIndex) -> None:
        for row in range(self.model.rowCount(above)):
            index = self.model.index(row, 0, above)
            if index.data(OPEN):
                self.tree.expand(index)
            self._open_branches(index)

    def _show_state(self) -> None:
        report, looking = self.report, self._job is not None
        brings = report is not None and report.change_sets > 0
        done = self._is_done and report is not None
        self.tree.setVisible(report is not None)
        self._whole.setStretch(self._whole.count() - 1, 0 if report is not None else 1)
        self.stop.setVisible(looking)
        self.align.hide()
        self.do.setVisible(brings and not done)
        self.do.setEnabled(self._context.writable)
        self.keep.setVisible(brings)
        self.choose.setVisible(not looking)
        self.choose.setText(tr("Choose copies…") if report is None else tr("Choose other copies…"))
        self.choose.setEnabled(self._context.writable)
        self.undo.setVisible(done and brings and self._can_undo())
        undecided = len(report.new_conflicts) if done and report is not None else 0
        self.decide.setVisible(undecided > 0)
        self.decide.setText(trn("Decide {n} thing", "Decide {n} things", undecided))
        self._say(report)

    def _can_undo(self) -> bool:
        project = self._context.project
        if project is None or self.report is None:
            return False
        return project.undo_label() == label_of(project.db, self.report.merge_id)

    def _say(self, report: Report | None) -> None:
        self.note.setVisible(report is not None)
        if self._job is not None:
            self.title.setText(tr("Looking at {files}", files=_names(self.paths)))
            self.told.setText(tr("The copies are checked, and the merge is tried on a copy. Nothing is changed."))
            self.note.hide()
        elif report is None:
            self.title.setText(tr("Merge copies"))
            self.told.setText(
                tr(
                    "Choose one or more copies of this project that others have worked on. You first see what each of "
                    "them brings, item by item; they are only read."
                )
            )
        elif self._is_done:
            self._say_done(report)
        else:
            self._say_preview(report)

    def _say_preview(self, report: Report) -> None:
        self.title.setText(_names(self.paths))
        if not report.change_sets:
            self.told.setText(tr("Nothing new comes in: all steps of these copies are here already."))
            self.note.hide()
            return
        comes = trn("{n} step would come in.", "{n} steps would come in.", report.change_sets)
        n = len(report.new_conflicts)
        decide = trn("{n} thing would be to decide.", "{n} things would be to decide.", n) if n else ""
        to_check = sum(one.to_check for one in report.texts)
        check = trn("{n} passage would be to check.", "{n} passages would be to check.", to_check) if to_check else ""
        self.told.setText(" ".join(part for part in (comes, decide, check) if part))
        self.note.setText(
            tr("Nothing is written yet. The merge is all or nothing, and Undo takes all of it out again.")
            if report.aligned is None
            else tr("Nothing is written yet. Undo takes back the aligning first, then the merge.")
        )

    def _say_done(self, report: Report) -> None:
        self.title.setText(tr("Merged: {files}", files=", ".join(report.names)))
        came = trn("{n} step came in.", "{n} steps came in.", report.change_sets)
        self.told.setText(came)
        self.note.setText(
            tr(
                "Undo takes the whole merge out, as long as nothing that you did since builds on it; after that, "
                "single steps can be taken back in the history."
            )
        )

    # the report

    def ask_target(self) -> None:
        """Ask where the report should be kept."""
        project = self._context.project
        if project is None or self.report is None:
            return
        kinds = [
            (tr("Page to read and print"), ".html"),
            (tr("Table"), ".csv"),
            (tr("Everything, for programs"), ".json"),
        ]
        suggestion = project.path.with_name(tr("Merge into {project}", project=project.path.stem) + ".html")
        path = choose.target(self, tr("Keep a report"), suggestion, kinds)
        if path is not None:
            self.keep_report(path)

    def keep_report(self, path: Path) -> None:
        """Write the report to `path`, in the format of its suffix."""
        project, report = self._context.project, self.report
        if project is None or report is None:
            return
        tables = report_tables(project, report)
        self._context.jobs.run(
            tr("Writing {file}", file=path.name),
            lambda _: write_merge_report(path, *tables),
            lambda _: self._context.say(tr("The report is at {path}.", path=path)),
        )


def _names(paths: list[Path]) -> str:
    return ", ".join(path.name for path in paths)
